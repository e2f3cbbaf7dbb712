package org.jmail.base.config;

import java.math.BigInteger;

/// `{left} operator {right}`. Operators are == != < <= >= >, each also with the suffix `level`,
/// which compares compatibility levels (compat_level.c).
record RelationalExpression(String left, Operator operator, boolean level, String right) {

  enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    GREATER(">");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    boolean test(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER_OR_EQUAL -> order >= 0;
        case GREATER -> order > 0;
      };
    }
  }

  /// The cursor is at the brace of the left operand, and afterwards behind the right one.
  static RelationalExpression parse(ReferenceCursor cursor) throws BadValueException {
    String left = cursor.braced();
    String before = cursor.rest(20);
    String symbol = cursor.take("<>!=?+-*/~&|%");
    Operator operator = null;
    for (Operator candidate : Operator.values()) {
      if (candidate.symbol.equals(symbol)) {
        operator = candidate;
      }
    }
    if (operator == null) {
      throw new BadValueException(
          "\"==\" or \"!=\" or \"<\" or \"<=\" or \">=\" or \">\" expected at: \"..."
              + left
              + "}>>>"
              + before
              + "\"");
    }
    String suffix = cursor.take("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    if (!suffix.isEmpty() && !suffix.equals("level")) {
      throw new BadValueException("bad operator suffix at: \"..." + symbol + ">>>" + suffix + "\"");
    }
    if (!cursor.atBrace()) {
      throw new BadValueException(
          "\"{expression}\" expected at: \"...{"
              + left
              + "} "
              + symbol
              + ">>>"
              + cursor.rest(20)
              + "\"");
    }
    return new RelationalExpression(left, operator, !suffix.isEmpty(), cursor.braced());
  }

  /// Compares the expanded operands: as numbers when both are all digits, else as octets.
  boolean compare(String leftValue, String rightValue) throws BadValueException {
    if (level) {
      return operator.test(
          CompatibilityLevel.parse(leftValue).compareTo(CompatibilityLevel.parse(rightValue)));
    }
    if (allDigits(leftValue) && allDigits(rightValue)) {
      return operator.test(new BigInteger(leftValue).compareTo(new BigInteger(rightValue)));
    }
    return operator.test(leftValue.compareTo(rightValue));
  }

  private static boolean allDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
