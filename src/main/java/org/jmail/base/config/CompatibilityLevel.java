package org.jmail.base.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// compatibility_level: `3`, `3.6` or `3.6.1`. Postfix counterpart: compat_level.c.
record CompatibilityLevel(int major, int minor, int patch)
    implements Comparable<CompatibilityLevel> {

  private static final Comparator<CompatibilityLevel> ORDER =
      Comparator.comparingInt(CompatibilityLevel::major)
          .thenComparingInt(CompatibilityLevel::minor)
          .thenComparingInt(CompatibilityLevel::patch);

  static CompatibilityLevel parse(String text) throws BadValueException {
    List<String> parts = new ArrayList<>();
    for (int start = 0; start <= text.length(); ) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    if (parts.size() > 3) {
      throw malformed(text);
    }
    int[] numbers = new int[3];
    for (int i = 0; i < parts.size(); i++) {
      try {
        numbers[i] = Integer.parseUnsignedInt(parts.get(i));
      } catch (NumberFormatException e) {
        throw malformed(text);
      }
    }
    return new CompatibilityLevel(numbers[0], numbers[1], numbers[2]);
  }

  private static BadValueException malformed(String text) {
    return new BadValueException(
        "malformed compatibility level syntax: \"" + text + "\" (specify a number such as 3.6)");
  }

  @Override
  public int compareTo(CompatibilityLevel other) {
    return ORDER.compare(this, other);
  }
}
