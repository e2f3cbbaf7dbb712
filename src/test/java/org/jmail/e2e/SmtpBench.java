package org.jmail.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `make bench-smtp`: smtp-source against jmail, against Debian's real Postfix, and against
/// smtp-sink, which stores nothing and so is the ceiling; in alternation, each on a private machine
/// whose queue and mailboxes lie on this disk.
final class SmtpBench {

  private static final int IDLE = Integer.getInteger("jmail.sessions", 10_000);
  private static final int QUEUED = Integer.getInteger("jmail.queued", 100_000);
  private static final boolean FULL = Boolean.getBoolean("jmail.bench.full");
  private static final int SINK_PORT = 2525;

  private final int rounds;
  private final Map<Mailer, Figures> figures = new EnumMap<>(Mailer.class);
  private final Figures ceiling = new Figures();

  private SmtpBench(int rounds) {
    this.rounds = rounds;
    for (Mailer mailer : Mailer.values()) {
      figures.put(mailer, new Figures());
    }
  }

  /// Runs and prints.
  ///
  /// @param arguments how many rounds; a file that the table is added to, if it is to be kept
  public static void main(String[] arguments) throws IOException {
    SmtpBench bench = new SmtpBench(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3);
    bench.run();
    String table = bench.table();
    System.out.println(table);
    if (arguments.length > 1) {
      Files.writeString(
          Path.of(arguments[1]), table, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private void run() {
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      sink();
      System.err.printf("round %d of %d: smtp-sink, %d s%n", round + 1, rounds, since(start));
      List<Mailer> order = new ArrayList<>(List.of(Mailer.values()));
      for (Mailer mailer : round % 2 == 0 ? order : order.reversed()) {
        start = System.nanoTime();
        try (SmtpBenchRun run = new SmtpBenchRun(mailer)) {
          figures.get(mailer).addAll(run.measure(SmtpLoadPoint.all(FULL), IDLE, QUEUED));
        }
        System.err.printf("round %d of %d: %s, %d s%n", round + 1, rounds, mailer, since(start));
      }
    }
  }

  private static long since(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }

  private void sink() {
    try (Machine machine = Machine.bare(Machine.Storage.MEMORY)) {
      machine.sh("smtp-sink -u nobody 127.0.0.1:" + SINK_PORT + " 1024 > /dev/null 2>&1 &");
      // It listens a moment after that.
      machine.sh("until smtp-source 127.0.0.1:" + SINK_PORT + " 2> /dev/null; do sleep 0.1; done");
      for (SmtpLoadPoint point : SmtpLoadPoint.all(FULL)) {
        long start = System.nanoTime();
        machine.call(point.command(SINK_PORT, "u1@localhost").toArray(String[]::new)).run().ok();
        ceiling.add(
            SmtpBenchRun.ACCEPTED + point, point.messages() / ((System.nanoTime() - start) / 1e9));
      }
    }
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append("\nMail by SMTP, `smtp-source` with a connection for each message. Medians of ");
    table.append(rounds).append(" rounds in alternation, ");
    table
        .append(Runtime.getRuntime().availableProcessors())
        .append(" cores, shared with smtp-source; queue and mailboxes on disk, both sync before")
        .append(" they acknowledge. smtp-sink stores nothing: what it takes is the ceiling.\n\n");
    table.append("| | jmail | Postfix | jmail : Postfix | smtp-sink | goal |\n");
    table.append("|---|---:|---:|---:|---:|---|\n");
    Figures jmail = figures.get(Mailer.JMAIL);
    Figures postfix = figures.get(Mailer.POSTFIX);
    for (String measure : jmail.measures()) {
      table
          .append("| ")
          .append(measure)
          .append(" | ")
          .append(jmail.shown(measure))
          .append(" | ")
          .append(postfix.shown(measure))
          .append(" | ")
          .append(ratio(measure))
          .append(" | ")
          .append(ceiling.shown(measure))
          .append(" | ")
          .append(goal(measure))
          .append(" |\n");
    }
    return table.toString();
  }

  private String ratio(String measure) {
    return String.format(Locale.ROOT, "%.2f", times(measure));
  }

  private double times(String measure) {
    return figures.get(Mailer.JMAIL).median(measure).orElseThrow()
        / figures.get(Mailer.POSTFIX).median(measure).orElseThrow();
  }

  /// The goals, and whether they were met.
  private String goal(String measure) {
    String load = SmtpLoadPoint.GOAL.toString();
    double jmail = figures.get(Mailer.JMAIL).median(measure).orElseThrow();
    if (measure.equals(SmtpBenchRun.IDLE)) {
      return said("below 40", jmail < 40);
    }
    if (measure.startsWith(SmtpBenchRun.DELIVERED + load)) {
      return said("5 times Postfix's", times(measure) >= 5);
    }
    Optional<Double> most = ceiling.median(measure);
    if (measure.equals(SmtpBenchRun.ACCEPTED + load) && most.isPresent()) {
      return said("6 times Postfix's", times(measure) >= 6)
          + "; half of the ceiling: "
          + (jmail >= most.get() / 2 ? "met" : "MISSED");
    }
    return "";
  }

  private static String said(String goal, boolean met) {
    return goal + (met ? ": met" : ": MISSED");
  }
}
