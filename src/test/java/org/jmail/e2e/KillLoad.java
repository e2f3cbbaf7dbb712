package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Clients that submit without end while the mail system is killed and started: over the socket or
/// by SMTP, and one by the real sendmail command. Each message carries an id that its delivered
/// copy is known by.
final class KillLoad {

  /// A message whose submitter was told that it is taken.
  record Acknowledged(String id, String queueId, boolean bySendmail) {}

  private static final Pattern WHOLE =
      Pattern.compile("\\Aid (\\w+)\\n(?:a line of the message\\n){8}end \\1\\n\\z");

  private final SystemMail mail;
  private final Path publicFolder;
  private final Submitter submitter;
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicLong next = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private final Semaphore turns = new Semaphore(0);
  private final Semaphore progress = new Semaphore(0);
  private final Set<Acknowledged> acknowledged = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stopping;

  private KillLoad(SystemMail mail) {
    this.mail = mail;
    publicFolder = mail.machine().path("/var/spool/jmail/public");
    submitter = new PickupSubmitter(publicFolder.resolve("pickup"));
    clients.add(Thread.ofPlatform().name("sendmail").unstarted(this::sendmail));
  }

  static KillLoad overTheSocket(SystemMail mail, int clients) {
    KillLoad load = new KillLoad(mail);
    for (int i = 0; i < clients; i++) {
      load.clients.add(Thread.ofPlatform().name("client " + i).unstarted(load::submit));
    }
    return load;
  }

  static KillLoad bySmtp(SystemMail mail, int clients) {
    KillLoad load = new KillLoad(mail);
    load.clients.add(Thread.ofPlatform().name("smtp").unstarted(() -> load.smtp(clients)));
    return load;
  }

  void start() {
    clients.forEach(Thread::start);
  }

  /// Lets every client finish the message it is at.
  void stop() throws InterruptedException {
    stopping = true;
    stopped.countDown();
    turns.release();
    for (Thread client : clients) {
      client.join();
    }
  }

  /// Has one message submitted by the sendmail command meanwhile.
  void oneBySendmail() {
    turns.release();
  }

  /// Waits until so many more messages are acknowledged than at the last call.
  void awaitAcknowledged(int messages, Duration limit) throws InterruptedException {
    progress.drainPermits();
    if (!progress.tryAcquire(messages, limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the mail system takes no mail any more:\n" + mail.log());
    }
  }

  Set<Acknowledged> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  int refused() {
    return refused.get();
  }

  /// The id of a message whose body is whole.
  static Optional<String> idOf(String body) {
    Matcher whole = WHOLE.matcher(body);
    return whole.matches() ? Optional.of(whole.group(1)) : Optional.empty();
  }

  private void submit() {
    while (!stopping) {
      String id = id();
      try {
        String queueId = submitter.submit(user(), content(id));
        acknowledge(new Acknowledged(id, queueId, false));
      } catch (IOException e) {
        // Not acknowledged, so nothing is owed. Wait for the socket to be made anew.
        refused.incrementAndGet();
        awaitChange();
      }
    }
  }

  /// The clients of [SmtpLoad], which run on the machine.
  private void smtp(int sessions) {
    try {
      Process process =
          mail.machine()
              .call(
                  System.getProperty("java.home") + "/bin/java",
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  Crowd.testClasses().toString(),
                  SmtpLoad.class.getName(),
                  Integer.toString(sessions))
              .start();
      Thread end = Thread.ofVirtual().start(() -> endWhenStopped(process));
      try (BufferedReader said =
          new BufferedReader(new InputStreamReader(process.getInputStream(), ISO_8859_1))) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          if (line.startsWith("taken ")) {
            acknowledge(new Acknowledged(line.substring("taken ".length()), "", false));
          } else {
            refused.incrementAndGet();
          }
        }
      }
      end.join();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endWhenStopped(Process process) {
    try {
      stopped.await();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendmail() {
    for (turns.acquireUninterruptibly(); !stopping; turns.acquireUninterruptibly()) {
      String id = id();
      Result result =
          mail.machine().callAs("joe", "sendmail", "-i", user()).input(content(id)).run();
      if (result.status() == 0) {
        acknowledge(new Acknowledged(id, "", true));
      } else {
        refused.incrementAndGet();
      }
    }
  }

  private void acknowledge(Acknowledged message) {
    acknowledged.add(message);
    progress.release();
  }

  private void awaitChange() {
    AtomicInteger looks = new AtomicInteger();
    Await.until(
        publicFolder,
        Duration.ofMinutes(1),
        () -> looks.getAndIncrement() > 0 ? Optional.of(true) : Optional.empty(),
        () -> "no change in " + publicFolder);
  }

  private String id() {
    return "m" + next.incrementAndGet();
  }

  private String user() {
    return Machine.USERS.get((int) (next.get() % Machine.USERS.size()));
  }

  static String content(String id) {
    return "Subject: "
        + id
        + "\n\nid "
        + id
        + "\n"
        + "a line of the message\n".repeat(8)
        + "end "
        + id
        + "\n";
  }
}
