package org.jmail.network.pickup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.MalformedSubmissionException;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReader;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;
import org.jmail.network.pickup.MaildropEntry.Kind;
import org.jmail.network.queue.QueueStore;

/// The maildrop folder, into which anybody may put files (docs/adr/0011), and the private folder in
/// which pickup works on them.
///
/// A file that looks right is first moved, by its name, into the private folder. From then on
/// nobody else can exchange what the name stands for, so what is checked there is what is opened: a
/// link is never followed and a FIFO never waited on. It is removed after the queue has the
/// message. One thread scans.
final class Maildrop {

  /// How long a file may be unfinished.
  private static final Duration UNFINISHED = Duration.ofDays(1);

  private static final String REFUSED = ".refused";
  private static final int WRITING = 0600;
  private static final int READY = 0640;
  private final Path folder;
  private final Path taken;
  private final SubmissionHandler handler;
  private final QueueStore queue;
  private final MailLog log;
  private final InstantSource clock;
  private final MaildropComplaints complaints;
  private volatile boolean stopped;

  Maildrop(
      Path folder,
      Path taken,
      SubmissionHandler handler,
      QueueStore queue,
      MailLog log,
      InstantSource clock) {
    this.folder = folder;
    this.taken = taken;
    this.handler = handler;
    this.queue = queue;
    this.log = log;
    this.clock = clock;
    this.complaints = new MaildropComplaints(log, clock);
  }

  /// Takes all that is there. What cannot be taken now stays for the next time. One scan at a time.
  synchronized void scan() {
    if (stopped) {
      return;
    }
    complaints.begin();
    try {
      Files.createDirectories(
          taken,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      each(taken, this::queueTaken);
      each(folder, this::take);
    } catch (IOException | DirectoryIteratorException e) {
      complaints.say("", folder.toString(), reason(e), "scan " + folder + ": " + reason(e));
    }
    complaints.end();
  }

  /// Ends a scan after the message at hand; none follows.
  void stop() {
    stopped = true;
  }

  /// Returns when no scan is under way.
  synchronized void awaitEnd() {}

  private interface Visitor {
    void visit(Path path) throws IOException;
  }

  private void each(Path where, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(where)) {
      for (Path path : names) {
        if (stopped) {
          return;
        }
        try {
          visitor.visit(path);
        } catch (NoSuchFileException e) {
          // its owner took it away
        } catch (IOException e) {
          complain("", path, e.getClass(), reason(e));
        }
      }
    }
  }

  private void take(Path path) throws IOException {
    MaildropEntry entry = MaildropEntry.of(path);
    Optional<String> flaw = flaw(path, entry);
    if (flaw.isPresent()) {
      complain(
          owner(entry),
          path,
          entry.changed(),
          // no command to copy: the name is a stranger's
          flaw.get() + "; sendmail did not make it: look at it and remove it");
    } else if (entry.permissions() == WRITING) {
      removeUnfinished(path, entry);
    } else {
      Path mine = taken.resolve(name(path));
      Files.move(path, mine, StandardCopyOption.ATOMIC_MOVE);
      queueTaken(mine);
    }
  }

  private void removeUnfinished(Path path, MaildropEntry entry) throws IOException {
    if (entry.modified().plus(UNFINISHED).isBefore(clock.instant())) {
      complaints.once(
          owner(entry), path + ": " + owner(entry) + "removed: unfinished for more than a day");
      Files.delete(path);
    }
  }

  /// What keeps an entry from being a submission. Its owner is whoever made it; its group is the
  /// folder's, which no file made elsewhere and linked in here has.
  private Optional<String> flaw(Path path, MaildropEntry entry) throws IOException {
    if (entry.kind() != Kind.FILE) {
      return Optional.of("not a regular file");
    }
    if (!Submission.isId(name(path))) {
      return Optional.of("not a submission's name");
    }
    if (entry.links() != 1) {
      return Optional.of("file has " + entry.links() + " links");
    }
    if (entry.permissions() != READY && entry.permissions() != WRITING) {
      return Optional.of("mode " + Integer.toOctalString(entry.permissions()) + " is not 640");
    }
    if (entry.gid() != MaildropEntry.of(folder).gid()) {
      return Optional.of("made elsewhere: its group is not that of " + folder);
    }
    return Optional.empty();
  }

  private void queueTaken(Path path) throws IOException {
    if (!Submission.isId(name(path))) {
      takeUpAgain(path);
      return;
    }
    MaildropEntry entry = MaildropEntry.of(path);
    Optional<String> flaw = flaw(path, entry);
    if (flaw.isPresent()) {
      setAside(path, "foreign", owner(entry), flaw.get());
    } else if (queue.wasSubmitted(name(path))) {
      log.info("maildrop " + name(path) + ": in the queue already");
      done(path);
    } else {
      queue(path, entry);
    }
  }

  /// What an earlier version refused and kept is queued now, as everything that is refused is;
  /// other files that were set aside stay.
  private void takeUpAgain(Path path) throws IOException {
    String name = name(path);
    String id = name.endsWith(REFUSED) ? name.substring(0, name.length() - REFUSED.length()) : "";
    if (Submission.isId(id)) {
      log.info("maildrop " + id + ": taken up again, was kept as " + path);
      Path again = path.resolveSibling(id);
      Files.move(path, again, StandardCopyOption.ATOMIC_MOVE);
      queueTaken(again);
    }
  }

  private static InputStream open(Path path) throws IOException {
    return Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private void queue(Path path, MaildropEntry entry) throws IOException {
    SubmissionReply reply;
    try (InputStream in = open(path)) {
      SubmissionReader reader = SubmissionReader.ofFile(in);
      Submission submission = reader.only();
      if (!submission.id().equals(name(path))) {
        setAside(path, "corrupt", owner(entry), "name and submission id differ");
        return;
      }
      reply = handler.takeLeft(entry.uid(), submission, reader.content(), arrival(path, entry));
    } catch (MalformedSubmissionException e) {
      setAside(path, "corrupt", owner(entry), "malformed: " + e.getMessage());
      return;
    } catch (AccessDeniedException e) {
      complain("", path, entry.changed(), "cannot be read: run \"postfix set-permissions\"");
      return;
    }
    if (reply.verdict() == Verdict.ACCEPTED) {
      done(path);
    } else {
      complain(owner(entry), path, reply.text(), "kept: " + reply.text());
    }
  }

  private void done(Path path) throws IOException {
    Files.delete(path);
    queue.forgetSubmission(name(path));
  }

  /// When the submitter finished; never in the future (Postfix pickup.c, time-warped time stamps).
  private Instant arrival(Path path, MaildropEntry entry) {
    Instant now = clock.instant();
    if (entry.modified().isAfter(now.plus(Duration.ofHours(2)))) {
      long ahead = Duration.between(now, entry.modified()).toSeconds();
      warped(path, entry, "future", "message dated " + ahead + " seconds into the future");
    } else if (entry.modified().isBefore(now.minus(Duration.ofDays(1)))) {
      long days = Duration.between(entry.modified(), now).toDays();
      warped(path, entry, days, "message has been queued for " + days + " days");
    }
    return entry.modified().isAfter(now) ? now : entry.modified();
  }

  /// Said once, however often the message is tried.
  private void warped(Path path, MaildropEntry entry, Object state, String text) {
    complaints.say(owner(entry), path + " time", state, name(path) + ": " + text);
  }

  /// Nothing that a user submitted is thrown away: it stays, under a name that is not tried again.
  private void setAside(Path path, String why, String owner, String text) throws IOException {
    Path aside = path.resolveSibling(name(path) + "." + why);
    Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
    complaints.once(owner, folder.resolve(name(path)) + ": " + owner + text + "; kept as " + aside);
  }

  /// Says the same about the same thing only once.
  private void complain(String owner, Path path, Object state, String text) {
    complaints.say(owner, path.toString(), state, path + ": " + owner + text);
  }

  private static String owner(MaildropEntry entry) {
    return "uid=" + Integer.toUnsignedString(entry.uid()) + ": ";
  }

  private static String reason(Exception e) {
    return e instanceof AccessDeniedException
        ? "permission denied: run \"postfix set-permissions\""
        : String.valueOf(e.getMessage());
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
