package org.jmail.base.table;

import java.util.BitSet;
import org.jmail.base.config.BadValueException;

/// A POSIX bracket expression `[…]` (POSIX 9.3.5) as the set of octets it matches, in the C locale.
/// Written for java.util.regex as ranges of hexadecimal octets, it cannot be misread there.
///
/// @param end the position behind the `]`
record BracketExpression(BitSet octets, int end) {

  private static final String[] CLASSES = {
    "alpha", "digit", "alnum", "upper", "lower", "space", "blank", "punct", "print", "graph",
    "cntrl", "xdigit", "word"
  };

  /// Reads the expression that begins at `[`. A backslash stands for itself.
  static BracketExpression parse(String text, int start, boolean ignoreCase)
      throws BadValueException {
    int at = start + 1;
    boolean negated = at < text.length() && text.charAt(at) == '^';
    at += negated ? 1 : 0;
    BitSet set = new BitSet(256);
    boolean first = true;
    while (true) {
      if (at >= text.length()) {
        throw new BadValueException("Unmatched [, [^, [:, [., or [=");
      }
      char c = text.charAt(at);
      if (c == ']' && !first) {
        break;
      }
      first = false;
      if (text.startsWith("[:", at)) {
        int close = close(text, at, ":]");
        addClass(set, text.substring(at + 2, close));
        at = close + 2;
        continue;
      }
      int low = single(text, at);
      at = after(text, at);
      boolean range =
          at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
      int high = low;
      if (range) {
        high = single(text, at + 1);
        at = after(text, at + 1);
      }
      if (high < low) {
        throw new BadValueException("Invalid range end");
      }
      set.set(low, high + 1);
    }
    if (ignoreCase) {
      addOtherCase(set);
    }
    if (negated) {
      set.flip(0, 256);
    }
    return new BracketExpression(set, at + 1);
  }

  private static int close(String text, int at, String mark) throws BadValueException {
    int close = text.indexOf(mark, at + 2);
    if (close < 0) {
      throw new BadValueException("Unmatched [, [^, [:, [., or [=");
    }
    return close;
  }

  /// A plain octet, `[.x.]` or `[=x=]`.
  private static int single(String text, int at) throws BadValueException {
    if (text.startsWith("[.", at) || text.startsWith("[=", at)) {
      int close = close(text, at, text.charAt(at + 1) + "]");
      if (close != at + 3) {
        throw new BadValueException("Invalid collation character");
      }
      return text.charAt(at + 2);
    }
    return text.charAt(at);
  }

  private static int after(String text, int at) {
    return text.startsWith("[.", at) || text.startsWith("[=", at) ? at + 5 : at + 1;
  }

  /// Adds a class such as `alpha` in the C locale.
  ///
  /// @throws BadValueException when there is no such class
  static void addClass(BitSet set, String name) throws BadValueException {
    boolean known = false;
    for (String each : CLASSES) {
      known |= each.equals(name);
    }
    if (!known) {
      throw new BadValueException("Invalid character class name");
    }
    for (int c = 0; c < 128; c++) {
      if (isIn(name, c)) {
        set.set(c);
      }
    }
  }

  private static boolean isIn(String name, int c) {
    boolean upper = c >= 'A' && c <= 'Z';
    boolean lower = c >= 'a' && c <= 'z';
    boolean digit = c >= '0' && c <= '9';
    boolean graph = c > ' ' && c < 0x7f;
    return switch (name) {
      case "alpha" -> upper || lower;
      case "digit" -> digit;
      case "alnum" -> upper || lower || digit;
      case "upper" -> upper;
      case "lower" -> lower;
      case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> graph && !upper && !lower && !digit;
      case "print" -> graph || c == ' ';
      case "graph" -> graph;
      case "cntrl" -> c < ' ' || c == 0x7f;
      case "xdigit" -> digit || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
      default -> upper || lower || digit || c == '_';
    };
  }

  private static void addOtherCase(BitSet set) {
    for (int c = 'a'; c <= 'z'; c++) {
      if (set.get(c) || set.get(c - 'a' + 'A')) {
        set.set(c);
        set.set(c - 'a' + 'A');
      }
    }
  }

  /// The set for java.util.regex.
  static String toJava(BitSet set) {
    if (set.isEmpty()) {
      return "(?!)";
    }
    StringBuilder out = new StringBuilder("[");
    for (int low = set.nextSetBit(0); low >= 0; ) {
      int next = set.nextClearBit(low);
      out.append(hex(low));
      if (next - low > 1) {
        out.append('-').append(hex(next - 1));
      }
      low = set.nextSetBit(next);
    }
    return out.append(']').toString();
  }

  private static String hex(int octet) {
    return String.format("\\x%02x", octet);
  }
}
