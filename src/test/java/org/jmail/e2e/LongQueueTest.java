package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jmail.network.queue.DeferredMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A queue of deferred messages that is started with and listed. How many:
/// `-Djmail.deferred=1000000`, which takes 4 GB of disk and some minutes.
@Tag("root")
final class LongQueueTest {

  private static final int MESSAGES = Integer.getInteger("jmail.deferred", 3_000);
  private static final long MOST_KILOBYTES = 300_000;
  private static final String WAITING = "someone@waiting.example";

  private final SystemMail mail = SystemMail.jmail(Machine.Storage.DISK);

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void aLongQueueIsListedInBoundedMemoryAndHoldsNoStartUp() throws Exception {
    mail.aliases("postmaster: root\n").start().stop();
    DeferredMail.put(
        mail.machine().path("/var/spool/jmail/queue"), MESSAGES, WAITING, Duration.ofHours(5));
    mail.machine().sh("chown -R --reference=/var/spool/jmail/queue /var/spool/jmail/queue/.");

    long start = System.nanoTime();
    mail.start();
    mail.machine().call("sendmail", "-i", "joe").input("Subject: x\n\n").run().ok();
    mail.machine().mailbox("joe", 1);
    Duration started = since(start);
    Listing plain = list("postqueue", "-p");
    Listing json = list("postqueue", "-j");
    long own =
        mail.machine().processes("NetworkServer").stream()
            .mapToLong(process -> kilobytes(process.pid(), "RssAnon:"))
            .sum();
    System.out.printf(
        "long queue test: %d deferred messages; from postfix start to the first mail delivered"
            + " %.1f s; postqueue -p %.1f s, %d kB at most; -j %.1f s, %d kB; network process %d"
            + " kB beside the mapped queue%n",
        MESSAGES,
        started.toMillis() / 1e3,
        plain.time().toMillis() / 1e3,
        plain.kilobytes(),
        json.time().toMillis() / 1e3,
        json.kilobytes(),
        own);

    assertEquals(MESSAGES, plain.recipients());
    assertEquals(MESSAGES, json.recipients());
    assertTrue(started.toSeconds() < 60, "started in " + started);
    assertTrue(plain.kilobytes() < MOST_KILOBYTES && json.kilobytes() < MOST_KILOBYTES);
    assertTrue(own < MOST_KILOBYTES, "network process: " + own);
  }

  /// @param kilobytes the largest resident size of the command
  private record Listing(long recipients, Duration time, long kilobytes) {}

  private Listing list(String... command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = mail.machine().call(command).start();
    long recipients = 0;
    long lines = 0;
    long most = 0;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), ISO_8859_1))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        recipients += line.contains(WAITING) ? 1 : 0;
        if (lines++ % 1_000 == 0) {
          most = Math.max(most, highest(process));
        }
      }
    }
    assertEquals(0, process.waitFor());
    return new Listing(recipients, since(start), most);
  }

  /// VmHWM of proc(5), of the command that nsenter became or started.
  private static long highest(Process process) {
    return process
        .descendants()
        .map(ProcessHandle::pid)
        .mapToLong(pid -> kilobytes(pid, "VmHWM:"))
        .max()
        .orElse(0);
  }

  /// A line of its status (proc(5)). The pages of the queue's file that were read count as resident
  /// too, but are the kernel's to take back: what is the process's own is anonymous.
  private static long kilobytes(long pid, String name) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // it has ended meanwhile
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
