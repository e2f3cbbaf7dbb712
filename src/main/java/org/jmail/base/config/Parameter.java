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

  /// Reads an expanded value. The message of the exception says what is wrong with the text only;
  /// [Config] adds file, line and parameter.
  public interface Parser<T> {
    T parse(String text) throws BadValueException;
  }

  /// Any text; `$` is expanded.
  public static Parameter<String> text(String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values::text);
  }

  /// Text in which `$name` is left for the user to expand at run time (Postfix "raw":
  /// mailbox_command, forward_path, luser_relay, …).
  public static Parameter<String> raw(String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values.RAW);
  }

  /// yes or no.
  public static Parameter<Boolean> bool(String name, boolean defaultValue, String documentation) {
    return new Parameter<>(name, defaultValue ? "yes" : "no", documentation, Values::bool);
  }

  /// A whole number between min and max, both included; max 0 means no upper bound.
  public static Parameter<Long> number(
      String name, String defaultText, long min, long max, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values.number(min, max));
  }

  /// A duration such as `300s`, `5d`, `2w`; a bare number counts in the unit of the default.
  public static Parameter<Duration> time(String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values.time(defaultText));
  }

  /// Words separated by comma or white space; braces keep a word together.
  public static Parameter<List<String>> list(
      String name, String defaultText, String documentation) {
    return new Parameter<>(name, defaultText, documentation, Values::list);
  }
}
