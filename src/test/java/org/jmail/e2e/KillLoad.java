package org.jmail.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Clients that submit without end while the mail system is killed and started: most over the
/// socket, one by the real sendmail command. Each message carries an id that its delivered copy is
/// known by.
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
  private volatile boolean stopping;

  KillLoad(SystemMail mail, int socketClients) {
    this.mail = mail;
    publicFolder = mail.machine().path("/var/spool/jmail/public");
    submitter = new PickupSubmitter(publicFolder.resolve("pickup"));
    for (int i = 0; i < socketClients; i++) {
      clients.add(Thread.ofPlatform().name("client " + i).unstarted(this::submit));
    }
    clients.add(Thread.ofPlatform().name("sendmail").unstarted(this::sendmail));
  }

  void start() {
    clients.forEach(Thread::start);
  }

  /// Lets every client finish the message it is at.
  void stop() throws InterruptedException {
    stopping = true;
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

  private static String content(String id) {
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
