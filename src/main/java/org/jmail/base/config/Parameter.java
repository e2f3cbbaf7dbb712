package org.jmail.base.config;

import java.time.Duration;
import java.util.List;

/// One main.cf parameter, declared once as a constant in the package that uses it. `postconf`, the
/// manual page and the reference are printed from these declarations.
///
/// @param name as in main.cf
/// @param defaultText the default as written in main.cf, unexpanded; may name other parameters
/// @param documentation one or more sentences for postconf(5), our own words
/// @param parser turns the expanded text into the value
public record Parameter<T>(
    String name, String defaultText, String documentation, Parser<T> parser) {

  /// Reads an expanded value. The message of the exception says what is wrong with the text only,
  /// and what to write instead; [Config] adds file, line, parameter and value.
  @FunctionalInterface
  public interface Parser<T> {
    T parse(String text) throws BadValueException;

    /// The same, for values whose meaning depends on the default (the unit of a bare time).
    ///
    /// @param defaultText the expanded default
    default T parse(String text, String defaultText) throws BadValueException {
      return parse(text);
    }

    default Kind kind() {
      return Kind.TEXT;
    }
  }

  /// What a value is, for manual pages.
  public enum Kind {
    TEXT,
    RAW,
    BOOLEAN,
    NUMBER,
    TIME,
    LIST
  }

  public Kind kind() {
    return parser.kind();
  }

  /// Any text; `$` is expanded.
  public static Parameter<String> text(String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, text -> text);
  }

  /// A text that must not be empty.
  public static Parameter<String> required(String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values::required);
  }

  /// A folder, from the root: a relative one would depend on where the command was called.
  public static Parameter<String> folder(String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values::folder);
  }

  /// Text in which `$name` is left for the user to expand at run time (Postfix "raw":
  /// mailbox_command, forward_path, luser_relay, …).
  public static Parameter<String> raw(String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values.RAW);
  }

  /// yes or no.
  public static Parameter<Boolean> bool(String name, boolean defaultValue, String documentation) {
    return bool(name, defaultValue ? "yes" : "no", documentation);
  }

  /// yes or no, with a default that names other parameters.
  public static Parameter<Boolean> bool(String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values.BOOLEAN);
  }

  /// A whole number between min and max, both included; max 0 means the largest `int`, as in
  /// Postfix. The default may name other parameters.
  public static Parameter<Long> number(
      String name, String defaultText, long min, long max, String documentation) {
    long top = max > 0 ? max : Integer.MAX_VALUE;
    return new Parameter<>(name, defaultText, documentation, new Values.NumberParser(min, top));
  }

  /// A count of octets, at least min, that may be larger than an `int`; 0 usually means no limit.
  public static Parameter<Long> size(
      String name, String defaultText, long min, String documentation) {
    return new Parameter<>(
        name, defaultText, documentation, new Values.NumberParser(min, Long.MAX_VALUE));
  }

  /// A duration such as `300s`, `5d`, `2w`; a bare number counts in the unit of the default.
  public static Parameter<Duration> time(String name, String defaultText, String documentation) {
    return time(name, defaultText, Duration.ZERO, Duration.ZERO, documentation);
  }

  /// A duration between min and max, both included; zero means no bound.
  public static Parameter<Duration> time(
      String name, String defaultText, Duration min, Duration max, String documentation) {
    return new Parameter<>(name, defaultText, documentation, new Values.TimeParser(min, max));
  }

  /// Words separated by comma or white space; braces keep a word together.
  public static Parameter<List<String>> list(
      String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values.LIST);
  }

  /// Words as in [#list], each one of those given, in any case.
  public static Parameter<List<String>> words(
      String name, String defaultText, List<String> allowed, String documentation) {
    return new Parameter<>(name, defaultText, documentation, new Values.WordsParser(allowed));
  }

  /// One of a few words, in any case.
  public static Parameter<String> oneOf(
      String name, String defaultText, List<String> allowed, String documentation) {
    return new Parameter<>(name, defaultText, documentation, text -> Values.oneOf(text, allowed));
  }

  /// One of the names of an enum's constants, in lower case with `-` for `_`.
  public static <E extends Enum<E>> Parameter<E> choice(
      String name, String defaultText, Class<E> type, String documentation) {
    return new Parameter<>(name, defaultText, documentation, new Values.ChoiceParser<>(type));
  }

  /// Whether a transport can have a value of its own, under [#nameFor].
  boolean isPerTransport() {
    return name.startsWith("default_destination_")
        || name.startsWith("default_transport_")
        || name.equals("initial_destination_concurrency");
  }

  /// The name of this default as one transport overrides it: `default_destination_recipient_limit`
  /// of `local` is `local_destination_recipient_limit`.
  public String nameFor(String transport) {
    return transport + "_" + (name.startsWith("default_") ? name.substring(8) : name);
  }
}
