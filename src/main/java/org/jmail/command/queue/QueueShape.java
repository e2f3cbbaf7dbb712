package org.jmail.command.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts of addresses by domain and age, and the table of them. Memory grows with the number of
/// domains, not of messages. Confined to one thread.
final class QueueShape {

  private static final String TOTAL = "TOTAL";
  private static final int LEAST_NAME = 18;

  /// @param minutes the age that the first column ends at
  /// @param linear whether columns are of the same length; else each is twice the one before
  /// @param parents whether domains above count too
  /// @param subdomains how many domains below one must have to be shown
  record Options(
      int width, int buckets, int minutes, boolean linear, boolean parents, int subdomains) {

    static final Options STANDARD = new Options(80, 10, 5, false, false, 5);

    Options inEqualSteps() {
      return new Options(width, buckets, minutes, true, parents, subdomains);
    }

    Options withParents() {
      return new Options(width, buckets, minutes, linear, true, subdomains);
    }

    Options withWidth(int columns) {
      return new Options(Math.max(80, columns), buckets, minutes, linear, parents, subdomains);
    }

    Options withBuckets(int count) {
      return new Options(width, count, minutes, linear, parents, subdomains);
    }

    Options withMinutes(int first) {
      return new Options(width, buckets, first, linear, parents, subdomains);
    }

    Options withSubdomains(int least) {
      return new Options(width, buckets, minutes, linear, parents, least);
    }
  }

  private final Options options;
  private final Instant now;
  private final Map<String, long[]> counts = new HashMap<>();
  private final Map<String, Integer> subdomains = new HashMap<>();

  QueueShape(Options options, Instant now) {
    this.options = options;
    this.now = now;
    counts.put(TOTAL, new long[options.buckets() + 1]);
  }

  /// Counts an address; the empty one is MAILER-DAEMON.
  void add(String address, Instant arrival) {
    int bucket = bucket(arrival);
    count(TOTAL, bucket);
    String domain = domain(address);
    boolean fresh = false;
    while (true) {
      boolean known = counts.containsKey(domain);
      count(domain, bucket);
      if (fresh) {
        subdomains.merge(domain, 1, Integer::sum);
      }
      fresh = !known;
      int dot = domain.indexOf('.', domain.startsWith(".") ? 1 : 0);
      if (!options.parents() || dot < 0 || domain.indexOf('.', dot + 1) < 0) {
        return;
      }
      domain = domain.substring(dot);
    }
  }

  private void count(String domain, int bucket) {
    long[] row = counts.computeIfAbsent(domain, any -> new long[options.buckets() + 1]);
    row[0]++;
    row[bucket]++;
  }

  private static String domain(String address) {
    if (address.isEmpty()) {
      return "MAILER-DAEMON";
    }
    String domain = address.substring(address.lastIndexOf('@') + 1).replace("..", ".");
    StringBuilder folded = new StringBuilder(domain.length());
    domain.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    String name = folded.toString();
    name = name.length() > 1 && name.startsWith(".") ? name.substring(1) : name;
    return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private int bucket(Instant arrival) {
    double steps = Duration.between(arrival, now).toMillis() / 60_000.0 / options.minutes();
    if (steps < 1) {
      return 1;
    }
    double bucket =
        options.linear() ? Math.floor(steps + 1) : 2 + Math.floor(Math.log(steps) / Math.log(2));
    return (int) Math.min(options.buckets(), bucket);
  }

  /// The table: totals first, then the domains with the most addresses.
  @Override
  public String toString() {
    List<String> heads = heads();
    int[] widths = new int[heads.size()];
    int name = options.width();
    long[] total = counts.getOrDefault(TOTAL, new long[heads.size()]);
    for (int i = 0; i < widths.length; i++) {
      int length = Math.max(heads.get(i).length(), Long.toString(total[i]).length());
      widths[i] = length > 2 ? length + 1 : 3;
      name -= widths[i];
    }
    name = Math.max(name, LEAST_NAME);
    StringBuilder out = new StringBuilder();
    line(out, "", heads, widths, name);
    List<String> order = new ArrayList<>(counts.keySet());
    order.sort(
        Comparator.comparing((String domain) -> !domain.equals(TOTAL))
            .thenComparingLong(domain -> -counts.getOrDefault(domain, total)[0])
            .thenComparingInt(String::length)
            .thenComparing(Comparator.naturalOrder()));
    for (String domain : order) {
      boolean shown =
          !domain.startsWith(".") || subdomains.getOrDefault(domain, 0) >= options.subdomains();
      if (shown) {
        List<String> row = new ArrayList<>();
        for (long count : counts.getOrDefault(domain, total)) {
          row.add(Long.toString(count));
        }
        line(out, domain, row, widths, name);
      }
    }
    return out.toString();
  }

  private List<String> heads() {
    List<String> heads = new ArrayList<>(List.of("T"));
    long age = 0;
    for (int i = 1; i < options.buckets(); i++) {
      age = i == 1 || options.linear() ? age + options.minutes() : 2 * age;
      heads.add(Long.toString(age));
    }
    heads.add(age + "+");
    return heads;
  }

  /// The name to the right, cut at its beginning when it is too long.
  private static void line(
      StringBuilder out, String domain, List<String> cells, int[] widths, int name) {
    if (domain.length() > name) {
      boolean parent = domain.startsWith(".");
      int kept = name - (parent ? 2 : 1);
      out.append(parent ? ".+" : "+").append(domain, domain.length() - kept, domain.length());
    } else {
      out.append(" ".repeat(name - domain.length())).append(domain);
    }
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      out.append(" ".repeat(Math.max(0, widths[i] - cell.length()))).append(cell);
    }
    out.append('\n');
  }
}
