package org.jmail.base.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The parsers behind [Parameter]'s factories. Postfix counterpart: mail_conf_*.c, conv_time.c.
final class Values {

  static final Parameter.Parser<String> RAW =
      new Parameter.Parser<>() {
        @Override
        public String parse(String text) {
          return text;
        }

        @Override
        public Parameter.Kind kind() {
          return Parameter.Kind.RAW;
        }
      };

  static final Parameter.Parser<Boolean> BOOLEAN =
      new Parameter.Parser<>() {
        @Override
        public Boolean parse(String text) throws BadValueException {
          return bool(text);
        }

        @Override
        public Parameter.Kind kind() {
          return Parameter.Kind.BOOLEAN;
        }
      };

  static final Parameter.Parser<List<String>> LIST =
      new Parameter.Parser<>() {
        @Override
        public List<String> parse(String text) {
          return Words.split(text, Words.COMMA_SPACE);
        }

        @Override
        public Parameter.Kind kind() {
          return Parameter.Kind.LIST;
        }
      };

  private Values() {}

  static String required(String text) throws BadValueException {
    if (text.isEmpty()) {
      throw new BadValueException("bad string length 0 < 1 (specify a value)");
    }
    return text;
  }

  static String oneOf(String text, List<String> allowed) throws BadValueException {
    if (allowed.stream().noneMatch(text::equalsIgnoreCase)) {
      throw new BadValueException("bad value (specify one of " + String.join(", ", allowed) + ")");
    }
    return text;
  }

  static String folder(String text) throws BadValueException {
    if (!required(text).startsWith("/")) {
      throw new BadValueException("bad folder (specify a path that starts with /)");
    }
    return text;
  }

  static boolean bool(String text) throws BadValueException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new BadValueException("bad boolean configuration (specify yes or no)");
    };
  }

  /// A whole number as strtol reads it, nothing after it.
  record NumberParser(long min, long max) implements Parameter.Parser<Long> {
    @Override
    public Long parse(String text) throws BadValueException {
      long value;
      try {
        value = Long.parseLong(text.stripLeading());
      } catch (NumberFormatException e) {
        throw new BadValueException("bad numerical configuration (specify a whole number)", e);
      }
      if (value < min) {
        throw new BadValueException("invalid parameter value " + value + " < " + min);
      }
      if (value > max) {
        throw new BadValueException("invalid parameter value " + value + " > " + max);
      }
      return value;
    }

    @Override
    public Parameter.Kind kind() {
      return Parameter.Kind.NUMBER;
    }
  }

  /// A time; like Postfix it reads the first letter of the unit only, so `5days` is `5d`.
  record TimeParser(Duration min, Duration max) implements Parameter.Parser<Duration> {
    private static final long MAX_SECONDS = Integer.MAX_VALUE;

    @Override
    public Duration parse(String text) throws BadValueException {
      return parse(text, "s");
    }

    @Override
    public Duration parse(String text, String defaultText) throws BadValueException {
      String number = text.stripLeading();
      int end = number.startsWith("+") ? 1 : 0;
      while (end < number.length() && number.charAt(end) >= '0' && number.charAt(end) <= '9') {
        end++;
      }
      long seconds;
      try {
        long count = Long.parseLong(number.substring(0, end));
        char unit = end < number.length() ? number.charAt(end) : unitOf(defaultText);
        seconds = Math.multiplyExact(count, secondsIn(unit));
      } catch (NumberFormatException | ArithmeticException e) {
        throw bad(e);
      }
      if (seconds > MAX_SECONDS) {
        throw bad(null);
      }
      return within(Duration.ofSeconds(seconds));
    }

    private Duration within(Duration value) throws BadValueException {
      if (value.compareTo(min) < 0) {
        throw new BadValueException("invalid value: min " + min.toSeconds() + "s");
      }
      if (!max.isZero() && value.compareTo(max) > 0) {
        throw new BadValueException("invalid value: max " + max.toSeconds() + "s");
      }
      return value;
    }

    private static char unitOf(String defaultText) {
      for (int i = 0; i < defaultText.length(); i++) {
        char c = defaultText.charAt(i);
        if (c >= 'a' && c <= 'z') {
          return c;
        }
      }
      return 's';
    }

    private static long secondsIn(char unit) throws BadValueException {
      return switch (unit) {
        case 's' -> 1;
        case 'm' -> 60;
        case 'h' -> 3_600;
        case 'd' -> 86_400;
        case 'w' -> 604_800;
        default -> throw bad(null);
      };
    }

    private static BadValueException bad(@org.jspecify.annotations.Nullable Exception cause) {
      String message = "bad time value or unit (specify a number and s, m, h, d or w)";
      return cause == null ? new BadValueException(message) : new BadValueException(message, cause);
    }

    @Override
    public Parameter.Kind kind() {
      return Parameter.Kind.TIME;
    }
  }

  /// Words out of a few, as name_mask.c reads them.
  record WordsParser(List<String> allowed) implements Parameter.Parser<List<String>> {

    WordsParser {
      allowed = List.copyOf(allowed);
    }

    @Override
    public List<String> parse(String text) throws BadValueException {
      List<String> words = Words.split(text, Words.COMMA_SPACE);
      for (String word : words) {
        if (allowed.stream().noneMatch(word::equalsIgnoreCase)) {
          throw new BadValueException(
              "unknown value \"" + word + "\" (specify " + String.join(", ", allowed) + ")");
        }
      }
      return words;
    }

    @Override
    public Parameter.Kind kind() {
      return Parameter.Kind.LIST;
    }
  }

  /// The lower-case name of an enum constant, `-` for `_`.
  record ChoiceParser<E extends Enum<E>>(Class<E> type) implements Parameter.Parser<E> {
    @Override
    public E parse(String text) throws BadValueException {
      List<String> names = new ArrayList<>();
      for (E constant : type.getEnumConstants()) {
        String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (name.equalsIgnoreCase(text)) {
          return constant;
        }
        names.add(name);
      }
      throw new BadValueException("bad value (specify one of " + String.join(", ", names) + ")");
    }
  }
}
