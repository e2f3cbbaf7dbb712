package org.jmail.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `make bench`: the same work on jmail and on Debian's real Postfix, in alternation, each on a
/// private machine whose queue and mailboxes lie on this disk. Prints medians, ratios and goals.
final class Bench {

  private final int rounds;
  private final Map<Mailer, Map<Measure, List<Double>>> figures = new EnumMap<>(Mailer.class);

  private Bench(int rounds) {
    this.rounds = rounds;
  }

  /// Runs and prints.
  ///
  /// @param arguments how many rounds; a file that the table is added to, if it is to be kept
  public static void main(String[] arguments) throws IOException {
    Bench bench = new Bench(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5);
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
      List<Mailer> order = new ArrayList<>(List.of(Mailer.values()));
      for (Mailer mailer : round % 2 == 0 ? order : order.reversed()) {
        long start = System.nanoTime();
        try (BenchRun run = new BenchRun(mailer)) {
          run.measure()
              .forEach((measure, value) ->
                  figures
                      .computeIfAbsent(mailer, m -> new LinkedHashMap<>())
                      .computeIfAbsent(measure, m -> new ArrayList<>())
                      .add(value));
        }
        System.err.printf(
            "round %d of %d: %s, %d s%n",
            round + 1, rounds, mailer, Duration.ofNanos(System.nanoTime() - start).toSeconds());
      }
    }
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append("Medians of ").append(rounds).append(" rounds in alternation, ");
    table
        .append(Runtime.getRuntime().availableProcessors())
        .append(" cores, queue and mailboxes on disk, both sync before they acknowledge. ");
    table.append("In brackets the lowest and the highest.\n\n");
    table.append("| | jmail | Postfix | jmail : Postfix | goal |\n|---|---:|---:|---:|---|\n");
    for (Measure measure : Measure.values()) {
      double jmail = median(figures.get(Mailer.JMAIL).get(measure));
      double postfix = median(figures.get(Mailer.POSTFIX).get(measure));
      table
          .append("| ")
          .append(measure.title())
          .append(" | ")
          .append(shown(Mailer.JMAIL, measure))
          .append(" | ")
          .append(shown(Mailer.POSTFIX, measure))
          .append(String.format(" | %.2f", jmail / postfix))
          .append(" | ")
          .append(measure.verdict(jmail, postfix))
          .append(" |\n");
    }
    return table.toString();
  }

  private String shown(Mailer mailer, Measure measure) {
    List<Double> values = figures.get(mailer).get(measure);
    String format = median(values) < 10 ? "%.2f" : "%.0f";
    return String.format(
        format + " (" + format + "–" + format + ")",
        median(values),
        values.stream().min(Double::compare).orElseThrow(),
        values.stream().max(Double::compare).orElseThrow());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
