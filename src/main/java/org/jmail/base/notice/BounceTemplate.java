package org.jmail.base.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;

/// The words of one kind of notification (bounce(5)); Postfix bounce_template.c.
///
/// @param origin where it comes from, for error messages: `FILE` or `[built-in]`
/// @param charset of the text
/// @param from the From: header's value
/// @param postmasterSubject the subject of postmaster's copy; empty for a kind without one
/// @param text its lines, with `$name` in them
public record BounceTemplate(
    Kind kind,
    String origin,
    String charset,
    String from,
    String subject,
    String postmasterSubject,
    List<String> text) {

  /// What is told.
  public enum Kind {
    FAILURE,
    DELAY,
    SUCCESS,
    VERIFY;

    /// As in `failure_template`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public BounceTemplate {
    text = List.copyOf(text);
  }

  BounceTemplate withOrigin(String file) {
    return new BounceTemplate(kind, file, charset, from, subject, postmasterSubject, text);
  }

  BounceTemplate withCharset(String name) {
    return new BounceTemplate(kind, origin, name, from, subject, postmasterSubject, text);
  }

  BounceTemplate withFrom(String value) {
    return new BounceTemplate(kind, origin, charset, value, subject, postmasterSubject, text);
  }

  BounceTemplate withSubject(String value) {
    return new BounceTemplate(kind, origin, charset, from, value, postmasterSubject, text);
  }

  BounceTemplate withPostmasterSubject(String value) {
    return new BounceTemplate(kind, origin, charset, from, subject, value, text);
  }

  BounceTemplate withText(List<String> lines) {
    return new BounceTemplate(kind, origin, charset, from, subject, postmasterSubject, lines);
  }

  /// Whether the text is US-ASCII.
  public boolean isAscii() {
    return charset.equalsIgnoreCase("us-ascii");
  }

  /// Whether the text needs eight bits.
  public boolean isEightBit() {
    return text.stream().anyMatch(line -> line.chars().anyMatch(c -> c > 0x7f));
  }

  /// The text with values for names.
  List<String> expand(MacroExpander.Attributes values) throws BadValueException {
    MacroExpander expander = MacroExpander.once(values);
    List<String> expanded = new ArrayList<>();
    for (String line : text) {
      expanded.add(expander.expand(line));
    }
    return expanded;
  }
}
