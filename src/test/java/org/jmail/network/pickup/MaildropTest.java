package org.jmail.network.pickup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.address.ReversePath;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;
import org.jmail.base.spool.SubmissionWriter;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.QueueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What users put into maildrop, good and bad. As root: other users do it.
@Tag("root")
final class MaildropTest {

  private static final String ID = "0123456789abcdef0123456789abcdef";
  private final Instant now = Instant.now();
  private static final int ALICE = 54321;
  private static final int MALLORY = 54322;
  private static final int POSTDROP = 54320;

  @TempDir private Path spool;
  private Path maildrop;
  private Path taken;
  private final RecordingLog log = new RecordingLog();
  private final MemoryQueueStore queue = new MemoryQueueStore();
  private final List<String> received = new ArrayList<>();
  private SubmissionReply answer = new SubmissionReply(Verdict.ACCEPTED, "3F2A");

  @BeforeEach
  void folders() throws Exception {
    Files.setAttribute(spool, "unix:mode", 0755);
    maildrop = Files.createDirectory(spool.resolve("maildrop"));
    taken = spool.resolve("private");
    Files.setAttribute(maildrop, "unix:gid", POSTDROP);
    Files.setAttribute(maildrop, "unix:mode", 03733);
  }

  private Maildrop maildrop() {
    return new Maildrop(maildrop, taken, new Recorder(), queue, log, InstantSource.fixed(now));
  }

  private final class Recorder implements SubmissionHandler {
    @Override
    public SubmissionReply take(
        int uid, Submission submission, InputStream content, Instant arrival) throws IOException {
      String text = new String(content.readAllBytes(), ISO_8859_1);
      received.add(uid + " " + submission.sender().orElseThrow() + " " + text);
      return answer;
    }

    @Override
    public SubmissionReply takeLeft(
        int uid, Submission submission, InputStream content, Instant arrival) throws IOException {
      return take(uid, submission, content, arrival);
    }

    @Override
    public void answered(Submission submission) {}
  }

  private void scan() {
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> maildrop().scan());
  }

  private static byte[] message(String id) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SubmissionWriter writer = new SubmissionWriter(out);
    writer.begin(Submission.of(id, "joe", List.of("root")));
    writer.content("hello\n".getBytes(ISO_8859_1), 0, 6);
    writer.end();
    return out.toByteArray();
  }

  /// Writes a file as a user would whose sendmail made it.
  private Path drop(int uid, String name, byte[] octets, int mode) throws IOException {
    Path file = maildrop.resolve(name);
    // With fs.protected_regular not even root opens another's file in a sticky folder to create it.
    Files.deleteIfExists(file);
    Files.write(file, octets);
    Files.setAttribute(file, "unix:uid", uid);
    Files.setAttribute(file, "unix:mode", mode);
    return file;
  }

  /// Runs a shell command as another user, in none but his own group.
  private int as(int uid, String command) throws IOException, InterruptedException {
    String id = Integer.toString(uid);
    return new ProcessBuilder(
            "setpriv", "--reuid", id, "--regid", id, "--clear-groups", "sh", "-c", command)
        .directory(spool.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private List<String> names(Path folder) throws IOException {
    try (var paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsTakenInItsOwnersNameAndRemoved() throws Exception {
    drop(ALICE, ID, message(ID), 0640);
    scan();
    assertEquals(List.of(ALICE + " joe hello\n"), received);
    assertEquals(List.of(), names(maildrop));
    assertEquals(List.of(), names(taken));
    assertEquals(List.of(), log.lines());
  }

  @Test
  void aFileMadeByAUserBelongsToTheFoldersGroup() throws Exception {
    assertEquals(0, as(ALICE, "umask 077; echo x > maildrop/" + ID));
    assertEquals(POSTDROP, Files.getAttribute(maildrop.resolve(ID), "unix:gid"));
    assertEquals(ALICE, Files.getAttribute(maildrop.resolve(ID), "unix:uid"));
  }

  @Test
  void anotherUserCanNeitherReadListChangeRemoveNorReplace() throws Exception {
    drop(ALICE, ID, message(ID), 0640);
    String file = "maildrop/" + ID;
    for (String attack :
        List.of(
            "ls maildrop",
            "cat " + file,
            "echo x >> " + file,
            "echo x > " + file,
            "rm -f " + file,
            "mv -f " + file + " maildrop/other",
            "echo x > maildrop/mine && mv -f maildrop/mine " + file,
            "chmod 644 " + file,
            "chown " + MALLORY + " " + file,
            "ln " + file + " maildrop/again && cat maildrop/again",
            "chmod 777 maildrop",
            "mv maildrop elsewhere",
            "rmdir maildrop")) {
      assertTrue(as(MALLORY, attack) != 0, attack);
    }
    scan();
    assertEquals(List.of(ALICE + " joe hello\n"), received);
  }

  @Test
  void aUserCannotPutAFileThereInAnothersName() throws Exception {
    Path forged = Files.write(spool.resolve("forged"), message(ID));
    Files.setAttribute(forged, "unix:mode", 0666);
    Files.setAttribute(forged, "unix:uid", ALICE);
    // Even where the kernel lets users link files of others (fs.protected_hardlinks = 0).
    Files.createLink(maildrop.resolve(ID), forged);
    scan();
    Files.delete(forged);
    Files.setAttribute(maildrop.resolve(ID), "unix:mode", 0640);
    scan();
    assertEquals(List.of(), received);
    assertTrue(log.lines().getFirst().contains("uid=" + ALICE + ": file has 2 links"));
    assertTrue(log.lines().getLast().contains("made elsewhere"), log.lines().toString());
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws Exception {
    Path secret = Files.write(spool.resolve("secret"), message(ID));
    Files.setAttribute(secret, "unix:mode", 0640);
    assertEquals(0, as(MALLORY, "ln -s " + secret + " maildrop/" + ID));
    scan();
    assertEquals(List.of(), received);
    assertTrue(Files.exists(secret));
    assertTrue(
        log.lines().getFirst().contains("uid=" + MALLORY + ": not a regular file"),
        log.lines().toString());
  }

  @Test
  void aFifoIsNotWaitedOn() throws Exception {
    assertEquals(0, as(MALLORY, "mkfifo -m 640 maildrop/" + ID));
    scan();
    assertTrue(log.lines().getFirst().contains("not a regular file"), log.lines().toString());
  }

  @Test
  void aFolderAndADeviceAreLeftAlone() throws Exception {
    assertEquals(0, as(MALLORY, "mkdir maildrop/" + ID));
    assertEquals(
        0,
        new ProcessBuilder("mknod", maildrop.resolve("zero").toString(), "c", "1", "5")
            .start()
            .waitFor());
    scan();
    assertEquals(List.of(), received);
    assertEquals(List.of(ID, "zero"), names(maildrop));
    assertEquals(2, log.lines().size(), log.lines().toString());
    assertTrue(
        log.lines()
            .contains(
                "warning: "
                    + maildrop.resolve(ID)
                    + ": uid="
                    + MALLORY
                    + ": not a regular file; sendmail did not make it: look at it and remove it"),
        log.lines().toString());
  }

  @Test
  void whatIsExchangedAfterTheFirstLookIsLookedAtAgain() throws Exception {
    Files.createDirectories(taken);
    assertEquals(0, as(MALLORY, "mkfifo -m 640 maildrop/" + ID));
    // The name that a scan had found good, moved by pickup a moment after Mallory replaced it.
    Files.move(maildrop.resolve(ID), taken.resolve(ID));
    scan();
    assertEquals(List.of(), received);
    assertEquals(List.of(ID + ".foreign"), names(taken));
  }

  @Test
  void wrongModesAreRefused() throws Exception {
    for (int mode : new int[] {0644, 0660, 0666, 0777, 04640, 0400, 0000}) {
      drop(ALICE, ID, message(ID), mode);
      scan();
      assertEquals(List.of(), received, Integer.toOctalString(mode));
    }
    drop(ALICE, ID, message(ID), 0640);
    scan();
    assertEquals(1, received.size());
  }

  @Test
  void aFileBeingWrittenWaitsAndIsNotComplainedOf() throws Exception {
    drop(ALICE, ID, message(ID), 0600);
    scan();
    assertEquals(List.of(), received);
    assertEquals(List.of(), log.lines());
    assertEquals(List.of(ID), names(maildrop));
  }

  @Test
  void aFileUnfinishedForADayIsRemoved() throws Exception {
    Path file = drop(ALICE, ID, message(ID), 0600);
    Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofHours(25))));
    scan();
    assertEquals(List.of(), names(maildrop));
    assertTrue(log.lines().getFirst().contains("unfinished"), log.lines().toString());
  }

  @Test
  void aHalfWrittenFileIsNeverDelivered() throws Exception {
    byte[] whole = message(ID);
    for (int length : new int[] {0, 3, 20, whole.length - 1}) {
      drop(ALICE, ID, java.util.Arrays.copyOf(whole, length), 0640);
      scan();
      assertEquals(List.of(), queued(), "cut at " + length);
      assertFalse(Files.exists(maildrop.resolve(ID)));
      assertEquals(List.of(ID + ".corrupt"), names(taken));
    }
  }

  /// What was read to its end, and so would be in the queue.
  private List<String> queued() {
    return List.copyOf(received);
  }

  @Test
  void moreAfterTheEndIsNotDelivered() throws Exception {
    byte[] whole = message(ID);
    drop(ALICE, ID, java.util.Arrays.copyOf(whole, whole.length + 1), 0640);
    scan();
    assertEquals(List.of(), received);
    assertEquals(List.of(ID + ".corrupt"), names(taken));
  }

  @Test
  void aCopyUnderAnotherNameIsNotDelivered() throws Exception {
    drop(MALLORY, "f".repeat(32), message(ID), 0640);
    scan();
    assertEquals(List.of(), received);
    assertEquals(List.of("f".repeat(32) + ".corrupt"), names(taken));
  }

  @Test
  void strangeNamesAreRefused() throws Exception {
    drop(MALLORY, "core", message(ID), 0640);
    drop(MALLORY, ID.substring(1), message(ID), 0640);
    drop(MALLORY, ID.toUpperCase(java.util.Locale.ROOT), message(ID), 0640);
    drop(MALLORY, "." + ID, message(ID), 0640);
    scan();
    assertEquals(List.of(), received);
    assertEquals(4, log.lines().size(), log.lines().toString());
  }

  @Test
  void theSameIsSaidOnlyOnce() throws Exception {
    drop(MALLORY, "core", message(ID), 0640);
    Maildrop scanned = maildrop();
    scanned.scan();
    scanned.scan();
    assertEquals(1, log.lines().size(), log.lines().toString());
  }

  @Test
  void aUsersJunkIsNotSaidFileByFileNorAgain() throws Exception {
    for (int i = 0; i < 300; i++) {
      drop(MALLORY, "junk" + i, new byte[1], 0644);
    }
    for (int i = 0; i < 50; i++) {
      drop(MALLORY, "%032x".formatted(i), new byte[1], 0640);
    }
    drop(ALICE, "core", new byte[1], 0644);
    Maildrop scanned = maildrop();
    scanned.scan();
    List<String> first = log.lines();
    assertEquals(12, first.size(), first.toString());
    assertTrue(
        first.contains("warning: uid=" + MALLORY + ": 340 more warnings about maildrop left out"),
        first.toString());
    scanned.scan();
    scanned.scan();
    assertEquals(first, log.lines());
  }

  @Test
  void aMinuteLaterTheNumberOfNewOnesIsSaid() {
    Instant[] time = {now};
    MaildropComplaints complaints = new MaildropComplaints(log, () -> time[0]);
    for (int scan = 0; scan < 20; scan++) {
      complaints.begin();
      for (int i = 0; i <= scan; i++) {
        complaints.say("uid=5: ", "f" + i, "state", "f" + i);
      }
      complaints.end();
    }
    assertEquals(11, log.lines().size(), log.lines().toString());
    time[0] = now.plusSeconds(60);
    complaints.begin();
    complaints.end();
    assertEquals("warning: uid=5: 9 more warnings about maildrop left out", log.lines().getLast());
  }

  @Test
  void moreJunkThanIsRememberedIsSaidOnce() {
    MaildropComplaints complaints = new MaildropComplaints(log, () -> now, 5);
    for (int scan = 0; scan < 3; scan++) {
      complaints.begin();
      for (int i = 0; i < 9; i++) {
        complaints.say("uid=5: ", "f" + i, "state", "f" + i);
      }
      complaints.end();
    }
    assertEquals(6, log.lines().size(), log.lines().toString());
    assertTrue(log.lines().getLast().contains("more than 5 things"), log.lines().toString());
  }

  @Test
  void whatTheQueueCannotTakeNowIsTakenLater() throws Exception {
    answer = new SubmissionReply(Verdict.TRY_LATER, "Insufficient system storage");
    drop(ALICE, ID, message(ID), 0640);
    scan();
    answer = new SubmissionReply(Verdict.ACCEPTED, "3F2A");
    scan();
    assertEquals(2, received.size());
    assertEquals(List.of(), names(taken));
  }

  @Test
  void whatAnEarlierVersionRefusedAndKeptIsTakenUp() throws Exception {
    Files.createDirectories(taken);
    Files.move(drop(ALICE, ID, message(ID), 0640), taken.resolve(ID + ".refused"));
    scan();
    assertEquals(List.of(ALICE + " joe hello\n"), received);
    assertEquals(List.of(), names(taken));
    assertEquals(
        List.of(
            "maildrop " + ID + ": taken up again, was kept as " + taken.resolve(ID + ".refused")),
        log.lines());
  }

  @Test
  void whatWasRefusedSinceItIsNoFileOfMaildropIsNotTakenUp() throws Exception {
    Files.createDirectories(taken);
    Files.move(drop(ALICE, ID, message(ID), 0666), taken.resolve(ID + ".refused"));
    scan();
    scan();
    assertEquals(List.of(), received);
    assertEquals(List.of(ID + ".foreign"), names(taken));
    assertEquals(2, log.lines().size(), log.lines().toString());
  }

  @Test
  void whatACrashLeftBetweenCommitAndRemovalIsNotTakenTwice() throws Exception {
    try (QueueStore.Draft draft = queue.begin(ID)) {
      draft.commit(
          Envelope.of(ReversePath.NULL, List.of(Recipient.of("root"))),
          Origin.submitted(ALICE),
          now,
          QueueOptions.NONE);
    }
    Files.createDirectories(taken);
    Files.move(drop(ALICE, ID, message(ID), 0640), taken.resolve(ID));
    scan();
    assertEquals(List.of(), received);
    assertEquals(List.of(), names(taken));
    assertFalse(queue.wasSubmitted(ID));
  }

  @Test
  void whatACrashLeftBeforeTheCommitIsTaken() throws Exception {
    Files.createDirectories(taken);
    Files.move(drop(ALICE, ID, message(ID), 0640), taken.resolve(ID));
    scan();
    assertEquals(1, received.size());
    assertEquals(List.of(), names(taken));
  }

  @Test
  void aTimeInTheFutureIsWarnedOf() throws Exception {
    Path file = drop(ALICE, ID, message(ID), 0640);
    Files.setLastModifiedTime(file, FileTime.from(now.plus(Duration.ofHours(3))));
    scan();
    assertEquals(
        List.of("warning: " + ID + ": message dated 10800 seconds into the future"), log.lines());
  }

  @Test
  void aMessageOfDaysAgoIsWarnedOf() throws Exception {
    Path file = drop(ALICE, ID, message(ID), 0640);
    Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofDays(3))));
    scan();
    assertEquals(List.of("warning: " + ID + ": message has been queued for 3 days"), log.lines());
  }
}
