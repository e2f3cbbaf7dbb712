package org.jmail.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// All measures once, on one mail system, freshly installed.
final class BenchRun implements AutoCloseable {

  private static final int USERS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// A short message as cron or a script sends it: 1 kB.
  private static final String CONTENT =
      "From: root\nTo: root\nSubject: bench\n\n"
          + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n".repeat(15);

  private final Mailer mailer;
  private final SystemMail mail;
  private final Submitter submitter;
  private final Map<Measure, Double> figures = new EnumMap<>(Measure.class);

  private Machine.Footprint loaded = new Machine.Footprint(0, 0, 0);

  BenchRun(Mailer mailer) {
    this.mailer = mailer;
    mail = mailer.open(Machine.Storage.DISK);
    mail.machine()
        .sh(
            """
            for i in $(seq %d); do
              echo "u$i:x:$((6000 + i)):$((6000 + i))::/var/lib/homes/u$i:/bin/sh" >> /etc/passwd
              echo "u$i:x:$((6000 + i)):" >> /etc/group
              mkdir /var/lib/homes/u$i
              chown "$((6000 + i)):$((6000 + i))" /var/lib/homes/u$i
            done
            """
                .formatted(USERS));
    mail.machine().write("/var/lib/homes/message", CONTENT);
    mail.aliases("postmaster: root\n");
    submitter = submitter();
  }

  private Submitter submitter() {
    return switch (mailer) {
      case JMAIL -> new PickupSubmitter(mail.machine().path("/var/spool/jmail/public/pickup"));
      case POSTFIX ->
          new CleanupSubmitter(mail.machine().path("/var/spool/postfix/public/cleanup"));
    };
  }

  Map<Measure, Double> measure() {
    start();
    figures.put(Measure.IDLE, footprint().rss() / 1000.0);
    figures.put(Measure.IDLE_PSS, footprint().pss() / 1000.0);
    submitAndDeliver(50, 4000, BenchRun::oneOfFifty); // a service that has run for a while
    figures.put(Measure.SUBMIT_1, submitAndDeliver(1, 300, BenchRun::oneOfFifty).submissions());
    figures.put(Measure.SUBMIT_10, submitAndDeliver(10, 1000, BenchRun::oneOfFifty).submissions());
    Rates fifty = submitAndDeliver(50, 3000, BenchRun::oneOfFifty);
    figures.put(Measure.SUBMIT_50, fifty.submissions());
    figures.put(Measure.DELIVER_FIFTY, fifty.deliveries());
    figures.put(Measure.CPU_FIFTY, fifty.processorMillis());
    Rates one = submitAndDeliver(50, 3000, i -> "u1");
    figures.put(Measure.DELIVER_ONE, one.deliveries());
    figures.put(Measure.CPU_ONE, one.processorMillis());
    figures.put(Measure.LOADED, loaded.rss() / 1000.0);
    figures.put(Measure.SENDMAIL, oneSendmail());
    figures.put(Measure.SENDMAILS_1, sendmails(1, 30));
    figures.put(Measure.SENDMAILS_10, sendmails(10, 100));
    figures.put(Measure.SENDMAILS_50, sendmails(50, 100));
    return figures;
  }

  private static String oneOfFifty(int message) {
    return "u" + (1 + message % USERS);
  }

  private void start() {
    LogTail sent = new LogTail(mail.machine().path(SystemMail.LOG), "status=sent");
    long start = System.nanoTime();
    mail.start();
    try {
      submitter.submit("u1", CONTENT);
    } catch (IOException e) {
      throw new AssertionError(mail.log(), e);
    }
    figures.put(Measure.START, seconds(start));
    sent.await(1, PATIENCE);
  }

  private Machine.Footprint footprint() {
    return mail.machine().footprint(programs());
  }

  /// Where the programs of the mail system's processes lie.
  private String[] programs() {
    return switch (mailer) {
      case JMAIL -> new String[] {"/usr/lib/jvm", "/opt", "/usr/java", javaHome()};
      case POSTFIX -> new String[] {"/usr/lib/postfix"};
    };
  }

  private static String javaHome() {
    return Path.of(System.getProperty("java.home")).toString();
  }

  /// @param processorMillis what a message cost the mail system, the client not counted
  record Rates(double submissions, double deliveries, double processorMillis) {}

  /// Submits so many messages from so many clients and waits until all are delivered.
  private Rates submitAndDeliver(int clients, int messages, IntFunction<String> recipient) {
    LogTail sent = new LogTail(mail.machine().path(SystemMail.LOG), "status=sent");
    AtomicInteger next = new AtomicInteger();
    Duration before = mail.machine().processorTime(programs());
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        running.add(
            threads.submit(() -> {
              for (int i = next.getAndIncrement(); i < messages; i = next.getAndIncrement()) {
                submitter.submit(recipient.apply(i), CONTENT);
              }
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    double submitted = seconds(start);
    if (clients == 10) {
      loaded = footprint();
    }
    sent.await(messages, PATIENCE);
    double delivered = seconds(start);
    Duration used = mail.machine().processorTime(programs()).minus(before);
    return new Rates(messages / submitted, messages / delivered, used.toNanos() / 1e6 / messages);
  }

  /// The median of twenty calls one after the other, in milliseconds.
  private double oneSendmail() {
    String times =
        mail.machine()
            .call(
                "bash",
                "-euc",
                """
                for i in $(seq 20); do
                  start=${EPOCHREALTIME/./}
                  sendmail -i u1 < /var/lib/homes/message
                  end=${EPOCHREALTIME/./}
                  echo $((end - start))
                done
                """)
            .run()
            .ok();
    List<Long> sorted = times.lines().map(Long::valueOf).sorted().toList();
    return sorted.get(sorted.size() / 2) / 1000.0;
  }

  /// How many calls of sendmail end in a second.
  private double sendmails(int atATime, int messages) {
    LogTail sent = new LogTail(mail.machine().path(SystemMail.LOG), "status=sent");
    long start = System.nanoTime();
    mail.machine()
        .sh(
            "for i in $(seq %d); do echo $((1 + i %% %d)); done".formatted(messages, USERS)
                + " | xargs -P %d -I{} sh -c 'exec sendmail -i u{} < /var/lib/homes/message'"
                    .formatted(atATime));
    double rate = messages / seconds(start);
    sent.await(messages, PATIENCE);
    return rate;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  @Override
  public void close() {
    mail.close();
  }
}
