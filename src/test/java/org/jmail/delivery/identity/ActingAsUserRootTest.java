package org.jmail.delivery.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.posix.ChildProcess;
import org.jmail.base.posix.Credentials;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.Posix;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.Spawn;
import org.jmail.base.posix.Stat;
import org.jmail.base.posix.WaitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Needs root: the kernel judges.
@Tag("root")
final class ActingAsUserRootTest {

  @TempDir Path folder;
  private final Identities identities = new Identities("acting", 4, new RecordingLog());
  private Identity games = Identity.ROOT;

  @BeforeEach
  void openTheFolder() throws Exception {
    games = Identity.of(Passwd.byName("games").orElseThrow());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void close() {
    identities.close();
  }

  @Test
  void whatIsCreatedWhileActingBelongsToTheUser() throws Exception {
    String path = folder.resolve("new").toString();
    identities.run(acting -> {
      acting.become(games);
      PosixFile.open(path, PosixFile.CREAT | PosixFile.WRONLY, 0600).close();
      return 0;
    });
    Stat made = Stat.of(path);
    assertEquals(games.uid(), made.uid());
    assertEquals(games.gid(), made.gid());
  }

  @Test
  void rootsFilesCannotBeReadWhileActing() {
    PosixException refused =
        assertThrows(
            PosixException.class,
            () ->
                identities.run(acting -> {
                  acting.become(games);
                  return PosixFile.open("/etc/shadow", PosixFile.RDONLY, 0);
                }));
    assertEquals(Errno.EACCES, refused.errno());
  }

  @Test
  void realAndSavedIdsStayRootsSoThatTheUserCannotSignalUs() throws Exception {
    Credentials acted =
        identities.run(acting -> {
          acting.become(games);
          return Credentials.ofThread();
        });
    assertEquals(
        new Credentials(0, games.uid(), 0, 0, games.gid(), 0, List.of(games.gid())), acted);
  }

  @Test
  void idsAreBackAfterwardsWhateverHappened() throws Exception {
    Credentials before = identities.run(acting -> Credentials.ofThread());
    assertThrows(
        IOException.class,
        () ->
            identities.run(acting -> {
              acting.become(games);
              throw new IOException("failed in the middle");
            }));
    assertThrows(
        AssertionError.class,
        () ->
            identities.run(acting -> {
              acting.become(games);
              throw new AssertionError("a bug");
            }));
    assertEquals(before, identities.run(acting -> Credentials.ofThread()));
  }

  @Test
  void aCommandIsTheUserInEveryIdAndHasNoWayBack() throws Exception {
    String status = output(List.of("cat", "/proc/self/status"));
    String uid = String.valueOf(games.uid());
    String gid = String.valueOf(games.gid());
    assertTrue(status.contains("\nUid:\t" + String.join("\t", uid, uid, uid, uid)), status);
    assertTrue(status.contains("\nGid:\t" + String.join("\t", gid, gid, gid, gid)), status);
    assertTrue(status.contains("\nGroups:\t" + gid + " \n"), status);
    assertTrue(status.contains("\nCapPrm:\t0000000000000000\n"), status);
    assertTrue(status.contains("\nCapEff:\t0000000000000000\n"), status);
    assertTrue(status.contains("\nSigBlk:\t0000000000000000\n"), status);
  }

  @Test
  void aCommandCannotReadRootsFiles() throws Exception {
    assertTrue(output(List.of("cat", "/etc/shadow")).contains("Permission denied"));
  }

  @Test
  void aCommandInheritsNoOpenFile() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "root's");
    try (var open = Files.newInputStream(secret)) {
      String listed = output(List.of("ls", "-l", "/proc/self/fd"));
      assertFalse(listed.contains("secret"), listed);
      assertEquals(0, open.available() - 6);
      // total, 0, 1, 2, and the folder itself
      assertEquals(5, listed.strip().split("\n").length, listed);
    }
  }

  @Test
  void commandsAsRootAreRefused() {
    assertThrows(
        PosixException.class,
        () -> identities.run(acting -> acting.start(echo(), "/bin", Identity.ROOT)));
    assertThrows(
        PosixException.class,
        () -> identities.run(acting -> acting.start(echo(), "/bin", new Identity(5, 0))));
  }

  @Test
  void afterStartingACommandTheThreadIsWhatItWasBefore() throws Exception {
    Credentials after =
        identities.run(acting -> {
          acting.become(games);
          try (ChildProcess child = acting.start(echo(), "/bin", new Identity(7, 7))) {
            child.waitFor();
          }
          return Credentials.ofThread();
        });
    assertEquals(games.uid(), after.effectiveUid());
    assertEquals(0, after.realUid());
  }

  @Test
  void noOtherThreadOfTheJvmEverActs() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Integer> thread =
        identities.submit(acting -> {
          acting.become(games);
          started.countDown();
          allocateUntil(stop); // garbage collection and compilation while this thread acts
          return Posix.gettid();
        });
    started.await();
    Set<String> acted = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      System.gc();
      acted.addAll(threadsThatAreNotRoot());
    }
    stop.set(true);
    assertEquals(Set.of(String.valueOf(thread.get())), acted);
    assertEquals(Set.of(), threadsThatAreNotRoot());
  }

  private static void allocateUntil(AtomicBoolean stop) {
    while (!stop.get()) {
      allocate();
    }
  }

  private static int allocate() {
    int sum = 0;
    for (int i = 0; i < 100; i++) {
      sum += new byte[100_000].length + String.valueOf(i).hashCode();
    }
    return sum;
  }

  private static Set<String> threadsThatAreNotRoot() throws IOException {
    Set<String> found = new HashSet<>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        if (Files.readAllLines(task.resolve("status")).stream()
            .filter(line -> line.startsWith("Uid:") || line.startsWith("Gid:"))
            .anyMatch(line -> !line.endsWith("\t0\t0\t0\t0"))) {
          found.add(task.getFileName().toString());
        }
      }
    }
    return found;
  }

  private Spawn echo() throws IOException {
    return new Spawn(List.of("echo"), Map.of(), root(), Duration.ofSeconds(10), 100);
  }

  private static PosixFile root() throws IOException {
    return PosixFile.open("/", PosixFile.RDONLY | PosixFile.DIRECTORY, 0);
  }

  private String output(List<String> command) throws Exception {
    return identities.run(acting -> {
      try (PosixFile here = root()) {
        Spawn spawn =
            new Spawn(command, Map.of("PATH", "/bin"), here, Duration.ofSeconds(20), 10_000);
        try (ChildProcess child = acting.start(spawn, "/usr/bin:/bin", games)) {
          WaitStatus status = child.waitFor();
          return child.printed() + (status.success() ? "" : status.toString());
        }
      }
    });
  }
}
