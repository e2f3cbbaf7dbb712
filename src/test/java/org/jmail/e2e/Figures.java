package org.jmail.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What was measured in several rounds: for each measure its values, in the order in which the
/// measures came first. For one thread.
final class Figures {

  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  void add(String measure, double value) {
    values.computeIfAbsent(measure, m -> new ArrayList<>()).add(value);
  }

  void addAll(Map<String, Double> round) {
    round.forEach(this::add);
  }

  List<String> measures() {
    return List.copyOf(values.keySet());
  }

  /// Empty when it was not measured.
  Optional<Double> median(String measure) {
    List<Double> sorted = values.getOrDefault(measure, List.of()).stream().sorted().toList();
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    int middle = sorted.size() / 2;
    return Optional.of(
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }

  /// The median, and in brackets the lowest and the highest.
  String shown(String measure) {
    return median(measure)
        .map(median -> {
          String format = median < 10 ? "%.2f" : "%.0f";
          List<Double> all = values.get(measure);
          String middle = String.format(Locale.ROOT, format, median);
          return all.size() == 1
              ? middle
              : String.format(
                  Locale.ROOT,
                  "%s (" + format + "–" + format + ")",
                  middle,
                  all.stream().min(Double::compare).orElseThrow(),
                  all.stream().max(Double::compare).orElseThrow());
        })
        .orElse("");
  }
}
