package org.jmail.base.mailbox.mbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.mailbox.AppendResult;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.mailbox.MailboxStore;
import org.jmail.base.mailbox.MailboxStoreContract;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.Stat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MboxTest extends MailboxStoreContract {

  private static final String FROM_LINE =
      "From joe@example.com  "
          + DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
              .format(NOW.atZone(ZoneId.systemDefault()))
          + "\n";
  private static final String HEAD =
      FROM_LINE
          + "Return-Path: <joe@example.com>\nX-Original-To: ann\nDelivered-To: ann@example.org\n";

  @TempDir Path spool;
  private final RecordingLog log = new RecordingLog();
  private final List<Duration> pauses = new ArrayList<>();
  private Path file = Path.of("unset");
  private Set<LockMethod> methods = Set.of(LockMethod.FCNTL, LockMethod.DOTLOCK, LockMethod.FLOCK);
  private Instant now = NOW;

  @BeforeEach
  void chooseAMailbox() {
    file = spool.resolve("ann");
  }

  @Override
  protected MailboxStore store(long sizeLimit) {
    return store(new MboxTarget(file.toString(), -1, -1, -1, true, sizeLimit));
  }

  private Mbox store(MboxTarget target) {
    LockPolicy policy = new LockPolicy(methods, 20, Duration.ofSeconds(1), Duration.ofSeconds(500));
    InstantSource clock = () -> now;
    return new Mbox(target, policy, Rights.UNCHANGED, clock, this::pause, log);
  }

  private void pause(Duration time) {
    pauses.add(time);
  }

  @Override
  protected List<String> messages() throws IOException {
    List<String> found = new ArrayList<>();
    for (String message : text().split("(?m)^From .*\n", -1)) {
      if (!message.isEmpty()) {
        assertTrue(message.endsWith("\n\n"), "exactly one blank line ends a message");
        found.add(message.substring(0, message.length() - 1));
      }
    }
    return found;
  }

  private String text() throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private Diagnosis refusal(MailCopy copy) throws Exception {
    return refusal(store(0), copy);
  }

  private static Diagnosis refusal(MailboxStore store, MailCopy copy) {
    return assertInstanceOf(AppendResult.Refused.class, store.append(List.of(copy)).getFirst())
        .why();
  }

  @Test
  void aMessageBeginsWithTheFromLineAndEndsWithABlankLine() throws Exception {
    store(0).append(List.of(copy("Subject: x\n\nbody\n")));
    assertEquals(HEAD + "Subject: x\n\nbody\n\n", text());
  }

  @Test
  void theNullSenderIsMailerDaemonInTheFromLine() throws Exception {
    store(0).append(List.of(new MailCopy("", "", "", copy("A: b\n").content())));
    assertTrue(text().startsWith("From MAILER-DAEMON  "), text());
  }

  @Test
  void fromAtTheStartOfALineIsQuoted() throws Exception {
    store(0).append(List.of(copy("A: b\n\nFrom me\nFrom\n From x\n>From y\nxFrom z\nFrom ")));
    assertEquals(HEAD + "A: b\n\n>From me\nFrom\n From x\n>From y\nxFrom z\n>From \n\n", text());
  }

  @Test
  void fromIsQuotedWhereverReadsAreSplit() throws Exception {
    for (int piece : List.of(8_192, 16_384)) {
      for (int filler = piece - 14; filler < piece + 6; filler++) {
        Files.deleteIfExists(file);
        String line = "x".repeat(filler) + "\n";
        store(0).append(List.of(copy(line + "From me\nFro\n" + line + "From you\n")));
        assertEquals(HEAD + line + ">From me\nFro\n" + line + ">From you\n\n", text());
      }
    }
  }

  @Test
  void messagesOfAnySizeArriveWholeAndBehindEachOther() throws Exception {
    StringBuilder expected = new StringBuilder();
    List<MailCopy> copies = new ArrayList<>();
    for (int size : List.of(1, 8_000, 8_191, 8_192, 8_193, 32_000, 32_768, 32_769, 300_000, 2)) {
      String body = "A: b\n\n" + "0123456789\n".repeat(size / 11) + "y".repeat(size % 11) + "\n";
      copies.add(copy(body));
      expected.append(HEAD).append(body).append('\n');
    }
    store(0).append(copies);
    assertEquals(expected.toString(), text());
  }

  @Test
  void aNewMailboxIsForItsOwnerAlone() throws Exception {
    store(0).append(List.of(copy("A: b\n")));
    assertEquals(0600, Stat.of(file).permissions());
  }

  @Test
  void theModeOfAnExistingMailboxIsKept() throws Exception {
    Files.createFile(file, PosixFilePermissions.asFileAttribute(Set.of()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    store(0).append(List.of(copy("A: b\n")));
    assertEquals(0660, Stat.of(file).permissions());
  }

  @Test
  void theDotlockIsGoneAfterwards() throws Exception {
    store(0).append(List.of(copy("A: b\n")));
    try (var list = Files.list(spool)) {
      assertEquals(List.of(file), list.toList());
    }
  }

  @Test
  void aDotlockOfAnotherIsWaitedForAndThenTheMessageIsDeferred() throws Exception {
    Path lock = Files.createFile(spool.resolve("ann.lock"));
    now = Instant.now();
    Diagnosis why = refusal(copy("A: b\n"));
    assertEquals("4.2.0", why.code().toString());
    assertEquals("unable to create lock file " + lock + ": File exists", why.text());
    assertEquals(19, pauses.size());
    assertTrue(pauses.stream().allMatch(time -> time.toMillis() >= 750 && time.toMillis() <= 1250));
    assertTrue(Files.exists(lock), "not ours to remove");
    assertFalse(Files.exists(file));
  }

  @Test
  void aStaleDotlockIsRemoved() throws Exception {
    Files.createFile(spool.resolve("ann.lock"));
    now = Instant.now().plusSeconds(510);
    assertEquals(List.of(AppendResult.STORED), store(0).append(List.of(copy("A: b\n"))));
    assertEquals(1, pauses.size());
    assertFalse(Files.exists(spool.resolve("ann.lock")));
  }

  @Test
  void anFcntlLockOfAnotherProgramDefers() throws Exception {
    methods = Set.of(LockMethod.FCNTL);
    Files.writeString(file, "old");
    try (Locker other = new Locker("fcntl", file)) {
      Diagnosis why = refusal(copy("A: b\n"));
      assertEquals("4.2.0", why.code().toString());
      assertEquals(
          "unable to lock for exclusive access: Resource temporarily unavailable", why.text());
      assertEquals("old", text());
      other.release();
      assertEquals(List.of(new AppendResult.Stored(3)), store(0).append(List.of(copy("A: b\n"))));
    }
  }

  @Test
  void anFlockOfAnotherProgramDefersUnlessOnlyFcntlIsAsked() throws Exception {
    Files.writeString(file, "old");
    try (Locker other = new Locker("flock", file)) {
      methods = Set.of(LockMethod.FLOCK);
      assertEquals("4.2.0", refusal(copy("A: b\n")).code().toString());
      methods = Set.of(LockMethod.FCNTL);
      assertEquals(List.of(new AppendResult.Stored(3)), store(0).append(List.of(copy("A: b\n"))));
      other.release();
    }
  }

  @Test
  void closingAnotherDescriptorOfTheMailboxKeepsTheLock() throws Exception {
    Files.writeString(file, "old");
    try (PosixFile locked = PosixFile.open(file.toString(), PosixFile.RDWR, 0)) {
      assertTrue(locked.tryLock());
      Files.readString(file); // opens and closes it: a classic fcntl lock would be gone now
      try (Locker other = new Locker("fcntl-try", file)) {
        assertEquals("busy", other.answer());
      }
    }
  }

  @Test
  void aSymbolicLinkIsRefused() throws Exception {
    Path secret = Files.writeString(spool.resolve("secret"), "safe");
    Files.createSymbolicLink(file, secret);
    Files.setPosixFilePermissions(spool, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals("5.2.0 file is a symbolic link", shown(refusal(copy("A: b\n"))));
    assertEquals("safe", Files.readString(secret));
  }

  @Test
  void aDanglingLinkIsNotFollowedToMakeAFile() throws Exception {
    Files.createSymbolicLink(file, spool.resolve("made"));
    assertEquals(
        "5.2.0 cannot open file: No such file or directory", shown(refusal(copy("A: b\n"))));
    assertFalse(Files.exists(spool.resolve("made")));
  }

  @Test
  void aHardLinkIsRefused() throws Exception {
    Path secret = Files.writeString(spool.resolve("secret"), "safe");
    Files.createLink(file, secret);
    assertEquals("5.2.0 file has 2 hard links", shown(refusal(copy("A: b\n"))));
    assertEquals("safe", Files.readString(secret));
  }

  @Test
  void aFolderIsRefused() throws Exception {
    Files.createDirectory(file);
    assertEquals("5.2.0 cannot open file: Is a directory", shown(refusal(copy("A: b\n"))));
  }

  @Test
  void aFifoWithoutReaderNeitherBlocksNorTakesMail() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    assertEquals(
        "5.2.0 cannot open file: No such device or address", shown(refusal(copy("A: b\n"))));
  }

  @Test
  void aMailboxOfSomebodyElseIsRefusedForNow() throws Exception {
    Files.writeString(file, "old");
    Mbox other = store(new MboxTarget(file.toString(), -1, -1, 4711, true, 0));
    assertEquals(
        "4.2.0 destination " + file + " is not owned by recipient",
        shown(refusal(other, copy("A: b\n"))));
    assertEquals("old", text());
  }

  @Test
  void anExecutableFileOfAnAliasIsRefused() throws Exception {
    Files.writeString(file, "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    Mbox store = store(MboxTarget.file(file.toString(), 0));
    assertEquals("5.7.1 file is executable", shown(refusal(store, copy("A: b\n"))));
    assertEquals("#!/bin/sh\n", text());
  }

  @Test
  void theNullDeviceTakesMailWithoutLocksBesideIt() {
    Mbox store = store(MboxTarget.file("/dev/null", 10));
    assertEquals(List.of(AppendResult.STORED), store.append(List.of(copy("A: long enough\n"))));
    assertEquals(List.of(), log.lines());
    assertFalse(Files.exists(Path.of("/dev/null.lock")));
  }

  @Test
  void aFileOnAMissingFileSystemIsDeferred() {
    Mbox store = store(MboxTarget.file(spool + "/not-mounted/file", 0));
    assertEquals(
        "4.2.0 cannot create file exclusively: No such file or directory",
        shown(refusal(store, copy("A: b\n"))));
  }

  @Test
  void aRefusedMessageLeavesTheMailboxAsItWas() throws Exception {
    store(0).append(List.of(copy("A: b\n")));
    String before = text();
    refusal(store(1000), copy("A: " + "c".repeat(100_000)));
    refusal(copy(broken("A: " + "c".repeat(100_000))));
    assertEquals(before, text());
  }

  private static String shown(Diagnosis why) {
    return why.code() + " " + why.text();
  }
}
