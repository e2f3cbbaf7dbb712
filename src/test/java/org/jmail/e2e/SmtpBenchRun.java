package org.jmail.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmail.network.queue.DeferredMail;

/// What mail by SMTP and a long queue take, once, on one mail system, freshly installed. Both may
/// have more sessions than by default, and mailboxes of any size.
final class SmtpBenchRun implements AutoCloseable {

  static final String ACCEPTED = "accepted/s, ";
  static final String DELIVERED = "delivered/s, ";
  static final String FIFTY = " to fifty mailboxes";
  static final String PROCESSOR = "processor time of a message, ms, ";
  static final String IDLE = "an idle session, kB of resident size";

  private static final int USERS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int WARM_UP = 3_000;

  private static final String MAIN_CF =
      """
      mailbox_size_limit = 0
      transport_maps = inline:{ { waiting.example = retry:4.4.1 nobody answers } }
      """;

  private final Mailer mailer;
  private final SystemMail mail;
  private final Machine machine;
  private final Map<String, Double> figures = new LinkedHashMap<>();

  SmtpBenchRun(Mailer mailer) {
    this.mailer = mailer;
    mail = mailer.open(Machine.Storage.DISK);
    machine = mail.machine();
    machine.sh(
        """
        for i in $(seq %d); do
          echo "u$i:x:$((6000 + i)):$((6000 + i))::/var/lib/homes/u$i:/bin/sh" >> /etc/passwd
          echo "u$i:x:$((6000 + i)):" >> /etc/group
        done
        """
            .formatted(USERS));
    mail.configure("compatibility_level = 3.6\n" + SystemMail.MAIN_CF + MAIN_CF)
        .aliases("postmaster: root\n");
    sessions(1_000); // or both would think themselves under stress
  }

  private void sessions(int most) {
    machine.call("postconf", "-F", "smtp/inet/process_limit=" + most).run().ok();
  }

  /// @param loads in this order
  /// @param idle how many sessions do nothing at once; Postfix, with a process for each, gets fewer
  /// @param queued how many messages are deferred
  Map<String, Double> measure(List<SmtpLoadPoint> loads, int idle, int queued) {
    mail.start();
    load(new SmtpLoadPoint(50, "", 4_000, WARM_UP)); // a service that has run for a while
    for (SmtpLoadPoint point : loads) {
      Rates rates = load(point);
      figures.put(ACCEPTED + point, rates.accepted());
      figures.put(DELIVERED + point, rates.delivered());
      if (point.equals(SmtpLoadPoint.GOAL)) {
        figures.put(PROCESSOR + point, rates.processorMillis());
        Rates fifty = loadFifty(point);
        figures.put(ACCEPTED + point + FIFTY, fifty.accepted());
        figures.put(DELIVERED + point + FIFTY, fifty.delivered());
        figures.put(PROCESSOR + point + FIFTY, fifty.processorMillis());
      }
    }
    mail.stop();
    idle(mailer == Mailer.JMAIL ? idle : 200);
    queue(queued);
    return figures;
  }

  private record Rates(double accepted, double delivered, double processorMillis) {}

  /// All to one mailbox.
  private Rates load(SmtpLoadPoint point) {
    return load(point.messages(), point.command(25, "u1@localhost"));
  }

  /// To each mailbox the same number, from as many programs with one session each.
  private Rates loadFifty(SmtpLoadPoint point) {
    SmtpLoadPoint each =
        new SmtpLoadPoint(1, point.size(), point.octets(), point.messages() / USERS);
    String script =
        "seq %d | xargs -P %d -I{} %s"
            .formatted(USERS, USERS, String.join(" ", each.command(25, "u{}@localhost")));
    return load(each.messages() * USERS, List.of("sh", "-euc", script));
  }

  private Rates load(int messages, List<String> command) {
    LogTail sent = new LogTail(machine.path(SystemMail.LOG), "status=sent");
    Duration before = machine.processorTime(programs());
    long start = System.nanoTime();
    Result result = machine.call(command.toArray(String[]::new)).run();
    if (result.status() != 0) {
      throw new AssertionError(result + "\n" + complaints());
    }
    double accepted = seconds(start);
    sent.await(messages, PATIENCE);
    double delivered = seconds(start);
    Duration used = machine.processorTime(programs()).minus(before);
    machine.sh("rm -f /var/mail/u*");
    return new Rates(messages / accepted, messages / delivered, used.toNanos() / 1e6 / messages);
  }

  private String complaints() {
    return machine
        .call("sh", "-c", "grep -E 'warning|error|fatal|panic' " + SystemMail.LOG + " | tail -n 20")
        .run()
        .out();
  }

  private String[] programs() {
    return mailer == Mailer.JMAIL
        ? new String[] {System.getProperty("java.home")}
        : new String[] {"/usr/lib/postfix"};
  }

  private void idle(int idle) {
    sessions(idle);
    mail.start();
    long before = footprint();
    try (Crowd crowd = new Crowd(machine, idle)) {
      List<String> failures = crowd.awaitGreeted();
      if (!failures.isEmpty()) {
        throw new AssertionError(failures.toString());
      }
      figures.put(IDLE, (double) (footprint() - before) / idle);
    }
    mail.stop();
  }

  /// In kilobytes; the crowd runs on Java too, and is not meant.
  private long footprint() {
    return mailer == Mailer.POSTFIX
        ? machine.footprint(programs()).rss()
        : machine
            .footprintOf(machine.processes("NetworkServer"))
            .plus(machine.footprintOf(machine.processes("DeliveryServer")))
            .rss();
  }

  private void queue(int messages) {
    fill(messages);
    String named =
        String.format(", %,d deferred", messages).replace(',', ' ').replaceFirst(" ", ",");
    long start = System.nanoTime();
    mail.start();
    machine
        .call(new SmtpLoadPoint(1, "", 1_000, 1).command(25, "u1@localhost").toArray(String[]::new))
        .run()
        .ok();
    figures.put("start until a message is taken, s" + named, seconds(start));
    figures.put("mailq, s" + named, listed("mailq | grep -c nobody.answers", messages));
    figures.put(
        "postqueue -j, s" + named, listed("postqueue -j | grep -c nobody.answers", messages));
    LogTail tried = new LogTail(machine.path(SystemMail.LOG), "status=deferred");
    start = System.nanoTime();
    machine.call("postqueue", "-f").run().ok();
    tried.await(messages, PATIENCE);
    figures.put("postqueue -f, messages tried a second" + named, messages / seconds(start));
    mail.stop();
  }

  private double listed(String command, int messages) {
    long start = System.nanoTime();
    String found = machine.sh(command).strip();
    if (!found.equals(Integer.toString(messages))) {
      throw new AssertionError(command + ": " + found + " of " + messages);
    }
    return seconds(start);
  }

  /// Messages that have been tried once and are due in some hours.
  private void fill(int messages) {
    if (mailer == Mailer.POSTFIX) {
      mail.start();
      // Its SMTP server would refuse a recipient whose transport is retry.
      machine.call("sendmail", "-i", "someone@waiting.example").input("Subject: x\n").run().ok();
      mail.logLine("status=deferred");
      mail.stop();
      copies(messages);
      return;
    }
    try {
      DeferredMail.put(
          machine.path("/var/spool/jmail/queue"),
          messages,
          "someone@waiting.example",
          Duration.ofHours(5));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    machine.sh("chown -R --reference=/var/spool/jmail/queue /var/spool/jmail/queue/.");
  }

  /// Of the one deferred message in Postfix's queue, under other names: what taking that many would
  /// leave, in seconds instead of minutes.
  private void copies(int messages) {
    machine
        .call(
            "/usr/bin/python3",
            "-c",
            """
            import os, shutil, sys, time
            os.chdir('/var/spool/postfix')
            def only(folder):
                return [os.path.join(d, f) for d, _, fs in os.walk(folder) for f in fs][0]
            deferred, reasons = only('deferred'), only('defer')
            owner = os.stat(deferred)
            due = time.time() + 5 * 3600
            for i in range(int(sys.argv[1]) - 1):
                shutil.copy2(deferred, 'deferred/copy')
                # The end of a name is the inode's number; the start of Postfix would see to that.
                name = '%05X%X' % (i * 10 % 1000000, os.stat('deferred/copy').st_ino)
                shutil.copy2(reasons, 'defer/copy')
                for folder in ('deferred/', 'defer/'):
                    os.makedirs(folder + name[0], mode=0o700, exist_ok=True)
                    os.chown(folder + name[0], owner.st_uid, owner.st_gid)
                    os.chown(folder + 'copy', owner.st_uid, owner.st_gid)
                    os.utime(folder + 'copy', (due, due))
                    os.rename(folder + 'copy', folder + name[0] + '/' + name)
            """,
            Integer.toString(messages))
        .within(Duration.ofMinutes(20))
        .run()
        .ok();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  @Override
  public void close() {
    mail.close();
  }
}
