package org.jmail.network.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jmail.base.spool.QueueId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queue in processes that are killed, have no disk, or have little memory.
final class QueueCrashTest {

  private static final int ROUNDS = Integer.getInteger("jmail.crash.rounds", 15);

  @TempDir Path folder;

  private List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path")));
    String native_ = System.getProperty("jmail.native");
    if (native_ != null) {
      command.add("-Djmail.native=" + native_);
    }
    command.addAll(List.of(arguments));
    return command;
  }

  @Test
  void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
    Random random = new Random(42);
    Map<QueueId, Integer> committed = new HashMap<>();
    Set<QueueId> delivered = new HashSet<>();
    Set<QueueId> requeued = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      runAndKill(round, 1 + random.nextInt(400), committed, delivered, requeued);
      try (LmdbQueueStore store = QueueChild.open(folder)) {
        account(store, committed, delivered, requeued);
      }
    }
    assertTrue(requeued.size() > ROUNDS, "only " + requeued.size() + " were requeued");
    assertTrue(delivered.size() > ROUNDS, "only " + delivered.size() + " were crossed off");
  }

  /// Lets the child acknowledge some things, kills it with SIGKILL, and reads what else it said.
  private void runAndKill(
      int round,
      int lines,
      Map<QueueId, Integer> committed,
      Set<QueueId> delivered,
      Set<QueueId> requeued)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                java(
                    QueueChild.class.getName(),
                    "crash",
                    folder.toString(),
                    Integer.toString(round)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = child.inputReader(StandardCharsets.ISO_8859_1)) {
      int read = 0;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (++read == lines) {
          child.toHandle().destroyForcibly(); // keeps the pipe with what was said before
        }
        String[] words = line.split(" ", -1);
        QueueId id = QueueId.parse(words[1]).orElseThrow();
        if (words[0].equals("C")) {
          assertEquals(
              null, committed.put(id, Integer.parseInt(words[2])), "id given twice: " + id);
        } else if (words[0].equals("R")) {
          requeued.add(id);
        } else {
          assertEquals("D", words[0], line);
          delivered.add(id);
        }
      }
    }
    child.waitFor();
  }

  private void account(
      LmdbQueueStore store,
      Map<QueueId, Integer> committed,
      Set<QueueId> delivered,
      Set<QueueId> requeued)
      throws IOException {
    int unsaid = 0;
    Map<String, QueueId> replacements = replacements(store);
    for (Map.Entry<QueueId, Integer> entry : committed.entrySet()) {
      QueueId id = entry.getKey();
      Optional<StoredMessage> found = store.find(id);
      if (delivered.contains(id)) {
        assertTrue(found.isEmpty(), id + " was crossed off and is back");
      } else if (requeued.contains(id)) {
        QueueId now = found.isPresent() ? id : replacements.get(id.toString());
        assertTrue(now != null, id + " was requeued and is lost");
        assertEquals(
            found.isEmpty(), replacements.containsKey(id.toString()), id + " is there twice");
        try (InputStream in = store.content(now).open()) {
          assertArrayEquals(QueueChild.content(id, entry.getValue()), in.readAllBytes());
        }
      } else if (found.isEmpty()) {
        delivered.add(id);
        unsaid++;
      } else {
        try (InputStream in = store.content(id).open()) {
          assertArrayEquals(QueueChild.content(id, entry.getValue()), in.readAllBytes());
        }
      }
    }
    // crossed off, and killed before it could be said: at most the last line of each writer
    assertTrue(unsaid <= QueueChild.WRITERS, unsaid + " messages are lost");
    for (Due due : store.due(Due.FIRST, QueueStoreContract.END, 1_000_000)) {
      assertTrue(store.find(due.id()).isPresent(), "scheduled and not there: " + due.id());
    }
    try (var files = Files.list(folder.resolve("content"))) {
      for (Path file : files.toList()) {
        QueueId id = QueueId.parse(file.getFileName().toString()).orElseThrow();
        assertTrue(store.find(id).isPresent(), "orphan content: " + file);
      }
    }
  }

  /// Which message took the place of each that was requeued.
  private static Map<String, QueueId> replacements(LmdbQueueStore store) throws IOException {
    Map<String, QueueId> replacements = new HashMap<>();
    QueueId after = QueueId.ofKey(0);
    for (List<StoredMessage> page = store.list(after, 1_000);
        !page.isEmpty();
        page = store.list(after, 1_000)) {
      for (StoredMessage message : page) {
        after = message.id();
        String sender = message.envelope().sender().toString();
        replacements.put(sender.substring(0, sender.indexOf('@')), after);
      }
    }
    return replacements;
  }

  @Test
  @Tag("root")
  void onAFullDiskSubmittersAreRefusedAndDeliveriesAreStillCrossedOff() throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c"));
    command.add("mount -t tmpfs -o size=24m tmpfs \"$0\" && exec \"$@\"");
    command.add(folder.toString());
    command.addAll(java(QueueChild.class.getName(), "full", folder + "/queue"));
    List<String> said = run(command);

    assertEquals(4, said.size(), said.toString());
    int filled = Integer.parseInt(said.getFirst().substring("filled ".length()));
    assertTrue(filled > 500, said.toString());
    assertEquals("crossed off " + filled / 2, said.get(1));
    assertEquals("filled again " + filled / 4, said.get(2));
    assertEquals("left 0", said.get(3));
  }

  @Test
  void aHundredThousandMessagesAreListedInASmallHeap() throws Exception {
    List<String> command = java("-Xmx40m", QueueChild.class.getName(), "list", folder.toString());
    command.add("100000");

    assertEquals(List.of("listed 100000 100000"), run(command));
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = child.inputReader(StandardCharsets.ISO_8859_1)) {
      List<String> lines = said.readAllLines();
      child.waitFor();
      return lines;
    }
  }
}
