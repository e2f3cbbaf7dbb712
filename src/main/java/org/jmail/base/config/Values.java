package org.jmail.base.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The parsers behind [Parameter]'s factories.
final class Values {

  static final Parameter.Parser<String> RAW = text -> text;

  private Values() {}

  static String text(String text) {
    return text;
  }

  static boolean bool(String text) throws BadValueException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new BadValueException("bad boolean value: " + text);
    };
  }

  static Parameter.Parser<Long> number(long min, long max) {
    return text -> {
      long value;
      try {
        value = Long.parseLong(text.strip());
      } catch (NumberFormatException e) {
        throw new BadValueException("bad numerical value: " + text, e);
      }
      if (value < min || (max > 0 && value > max)) {
        throw new BadValueException("value out of range: " + text);
      }
      return value;
    };
  }

  static Parameter.Parser<Duration> time(String defaultText) {
    char unit = defaultText.isEmpty() ? 's' : defaultText.charAt(defaultText.length() - 1);
    return text -> duration(text.strip(), Character.isLetter(unit) ? unit : 's');
  }

  private static Duration duration(String text, char defaultUnit) throws BadValueException {
    if (text.isEmpty()) {
      throw new BadValueException("bad time value: empty");
    }
    char last = text.charAt(text.length() - 1);
    boolean hasUnit = Character.isLetter(last);
    String digits = hasUnit ? text.substring(0, text.length() - 1) : text;
    long count;
    try {
      count = Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new BadValueException("bad time value: " + text, e);
    }
    return switch (hasUnit ? last : defaultUnit) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      case 'd' -> Duration.ofDays(count);
      case 'w' -> Duration.ofDays(7 * count);
      default -> throw new BadValueException("unknown time unit: " + text);
    };
  }

  static List<String> list(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth <= 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
