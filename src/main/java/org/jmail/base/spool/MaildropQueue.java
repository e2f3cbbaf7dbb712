package org.jmail.base.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.ReversePath;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.Stat;
import org.jmail.base.wire.BlockInputStream;

/// Postfix's maildrop queue as the queue tools see it: the files that sendmail left in `maildrop`
/// and that pickup has not queued yet, or could not, which it keeps in `private/pickup`
/// (docs/adr/0011). Anybody may put anything into the first, so nothing there is followed or waited
/// for; what pickup would not take is not listed (showq.c, mail_open_ok.c). Needs the rights of the
/// mail system's owner or of root.
public final class MaildropQueue {

  /// The name of the queue.
  public static final String NAME = "maildrop";

  private static final String NULL_RECIPIENT = "MAILER-DAEMON";
  private static final int READY = 0640;
  private static final int MODE_BITS = 07777;
  private static final int TYPE_BITS = 0170000;
  private static final int REGULAR = 0100000;

  private final Path maildrop;
  private final Path taken;

  /// @param spool queue_directory
  public MaildropQueue(Path spool) {
    this.maildrop = spool.resolve("maildrop");
    this.taken = spool.resolve("private").resolve("pickup");
  }

  /// A file of a submission that is complete.
  private record Ready(PosixFile file, Stat stat) implements AutoCloseable {
    InputStream input() {
      return new BlockInputStream() {
        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
          if (length == 0) {
            return 0;
          }
          byte[] part = new byte[length];
          int count = file.read(part);
          System.arraycopy(part, 0, octets, offset, count);
          return count == 0 ? -1 : count;
        }
      };
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /// Who gets each file.
  private interface Visitor {
    void visit(String id, Ready ready) throws IOException;
  }

  /// Lists the messages. One that cannot be read, or goes meanwhile, is left out.
  public void list(QueueTools.Listing listing) throws IOException {
    each((id, ready) -> {
      Submission submission;
      try {
        submission = SubmissionReader.ofFile(ready.input()).only();
      } catch (MalformedSubmissionException e) {
        return; // pickup says so
      }
      Stat stat = ready.stat();
      listing.message(
          new ListedMessage(
              NAME,
              id,
              modified(stat),
              stat.size(),
              false,
              sender(submission, stat.uid()).toString()));
      for (String recipient : submission.addresses()) {
        String address = recipient.isEmpty() ? NULL_RECIPIENT : recipient;
        listing.recipient(new ListedRecipient(address, address, false, ""));
      }
    });
  }

  /// Whether a message of this id can be in this queue as a file.
  public static boolean mayHold(String id) {
    return Submission.isId(id);
  }

  /// Gives a message as a file of Postfix's maildrop would hold it; false when there is none.
  public boolean records(String id, QueueTools.Records to) throws IOException {
    Optional<Ready> found = find(id);
    if (found.isEmpty()) {
      return false;
    }
    try (Ready ready = found.get()) {
      SubmissionReader reader = SubmissionReader.ofFile(ready.input());
      Submission submission = reader.only();
      to.path(NAME + "/" + id);
      Stat stat = ready.stat();
      SubmissionRecords.send(
          submission, modified(stat), sender(submission, stat.uid()), reader.content(), to);
      return true;
    }
  }

  /// Removes a message; false when there is none of this id.
  public boolean remove(String id) throws IOException {
    Optional<Ready> found = find(id);
    if (found.isEmpty()) {
      return false;
    }
    found.get().close();
    boolean removed = false;
    for (Path folder : List.of(taken, maildrop)) {
      removed |= Files.deleteIfExists(folder.resolve(id));
    }
    return removed;
  }

  /// Empties the queue, of whatever is no message, too (postsuper.c, mass deletion).
  ///
  /// @return how many messages there were
  public long removeAll() throws IOException {
    long[] messages = {0};
    each((id, ready) -> messages[0]++);
    for (Path folder : List.of(taken, maildrop)) {
      for (Path path : names(folder)) {
        try {
          Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
          // somebody else's folder with files: pickup tells of it
        }
      }
    }
    return messages[0];
  }

  private void each(Visitor visitor) throws IOException {
    for (Path folder : List.of(taken, maildrop)) {
      for (Path path : names(folder)) {
        String id = String.valueOf(path.getFileName());
        Optional<Ready> opened = Submission.isId(id) ? open(folder, path) : Optional.empty();
        if (opened.isPresent()) {
          try (Ready ready = opened.get()) {
            visitor.visit(id, ready);
          }
        }
      }
    }
  }

  private static List<Path> names(Path folder) throws IOException {
    List<Path> paths = new java.util.ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(paths::add);
    } catch (NoSuchFileException e) {
      return List.of(); // not started yet
    }
    return paths;
  }

  private Optional<Ready> find(String id) throws IOException {
    if (!Submission.isId(id)) {
      return Optional.empty();
    }
    for (Path folder : List.of(taken, maildrop)) {
      Optional<Ready> found = open(folder, folder.resolve(id));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Neither follows a link nor waits for the other end of a FIFO.
  private Optional<Ready> open(Path folder, Path path) throws IOException {
    PosixFile file;
    try {
      file =
          PosixFile.open(
              path.toString(), PosixFile.RDONLY | PosixFile.NOFOLLOW | PosixFile.NONBLOCK, 0);
    } catch (PosixException e) {
      if (e.errno() == Errno.EACCES) {
        throw e;
      }
      return Optional.empty();
    }
    boolean wanted = false;
    try {
      Stat stat = file.stat();
      wanted =
          (stat.mode() & TYPE_BITS) == REGULAR
              && (stat.mode() & MODE_BITS) == READY
              && stat.links() == 1
              && (folder.equals(taken) || stat.gid() == Stat.of(maildrop).gid());
      return wanted ? Optional.of(new Ready(file, stat)) : Optional.empty();
    } finally {
      if (!wanted) {
        file.close();
      }
    }
  }

  private static Instant modified(Stat stat) {
    return Instant.ofEpochSecond(0, stat.mtimeNanos());
  }

  private static ReversePath sender(Submission submission, int uid) throws PosixException {
    if (submission.sender().isPresent()) {
      return submission.sender().get();
    }
    Optional<Passwd> owner = Passwd.byUid(uid);
    return ReversePath.parse(owner.isPresent() ? owner.get().name() : "");
  }
}
