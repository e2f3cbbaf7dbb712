package org.jmail.network.qmgr;

import java.util.Optional;

/// How much one success or failure moves a destination's concurrency (qmgr_feedback.c): a constant
/// between 0 and 1, or one divided by the concurrency or its square root.
public record Feedback(double base, Divisor divisor) {

  /// What the constant is divided by.
  public enum Divisor {
    ONE,
    CONCURRENCY,
    ROOT_OF_CONCURRENCY
  }

  /// 1: the default.
  public static final Feedback FULL = new Feedback(1, Divisor.ONE);

  /// Reads `1`, `1/8`, `1/concurrency` or `1/sqrt_concurrency`; empty for anything else or more
  /// than 1.
  public static Optional<Feedback> parse(String text) {
    int slash = text.indexOf('/');
    String over = slash < 0 ? "1" : text.substring(slash + 1).strip();
    try {
      double base = Double.parseDouble(slash < 0 ? text : text.substring(0, slash));
      Feedback feedback =
          switch (over) {
            case "concurrency" -> new Feedback(base, Divisor.CONCURRENCY);
            case "sqrt_concurrency" -> new Feedback(base, Divisor.ROOT_OF_CONCURRENCY);
            default -> new Feedback(base / Double.parseDouble(over), Divisor.ONE);
          };
      return feedback.base >= 0 && feedback.base <= 1 ? Optional.of(feedback) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  double at(int concurrency) {
    return switch (divisor) {
      case ONE -> base;
      case CONCURRENCY -> base / concurrency;
      case ROOT_OF_CONCURRENCY -> base / Math.sqrt(concurrency);
    };
  }
}
