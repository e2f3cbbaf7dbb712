package org.jmail.base.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// One expansion of one text by a [MacroExpander]. Confined to one thread.
final class Expansion {
  /// As deep as Postfix goes before it calls it a loop.
  private static final int DEPTH_LIMIT = 100;

  private final MacroExpander expander;
  private final boolean scan;
  private final Deque<String> nesting;
  private final StringBuilder result = new StringBuilder();

  /// @param scan look every name up, in both branches, and expand nothing
  Expansion(MacroExpander expander, boolean scan) {
    this(expander, scan, new ArrayDeque<>());
  }

  private Expansion(MacroExpander expander, boolean scan, Deque<String> nesting) {
    this.expander = expander;
    this.scan = scan;
    this.nesting = nesting;
  }

  String expand(String text) throws BadValueException {
    parse(text);
    return result.toString();
  }

  /// mac_parse.c: literal text, `$$`, and references.
  private void parse(String text) throws BadValueException {
    int length = text.length();
    for (int i = 0; i < length; ) {
      int dollar = text.indexOf('$', i);
      if (dollar < 0) {
        literal(text, i, length);
        return;
      }
      literal(text, i, dollar);
      char next = dollar + 1 < length ? text.charAt(dollar + 1) : '\0';
      if (next == '$') {
        literal(text, dollar, dollar + 1);
        i = dollar + 2;
        continue;
      }
      boolean bracketed = next == '{' || next == '(';
      i = bracketed ? closing(text, dollar + 1) : ReferenceCursor.nameEnd(text, dollar + 1);
      String reference =
          bracketed ? text.substring(dollar + 2, i - 1) : text.substring(dollar + 1, i);
      if (reference.isEmpty()) {
        throw new BadValueException("empty macro name: \"" + text + "\"");
      }
      reference(reference);
    }
  }

  private void literal(String text, int start, int end) {
    if (!scan) {
      result.append(text, start, end);
    }
  }

  /// The position after the bracket that closes the one at `open`.
  private static int closing(String text, int open) throws BadValueException {
    char opening = text.charAt(open);
    char closing = opening == '{' ? '}' : ')';
    int level = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      level += c == opening ? 1 : c == closing ? -1 : 0;
      if (level == 0) {
        return i + 1;
      }
    }
    throw new BadValueException("truncated macro reference: \"" + text + "\"");
  }

  private void reference(String reference) throws BadValueException {
    if (nesting.size() > DEPTH_LIMIT) {
      throw new BadValueException(
          "unreasonable macro call nesting: \"" + reference + "\"" + loop(reference));
    }
    nesting.push(reference);
    ReferenceCursor cursor = new ReferenceCursor(reference);
    if (cursor.atBrace()) {
      relational(cursor);
    } else {
      named(cursor);
    }
    nesting.pop();
  }

  /// How the reference leads back to itself, if it does.
  private String loop(String reference) {
    StringBuilder path = new StringBuilder(reference);
    for (String outer : nesting) {
      path.insert(0, outer + " -> ");
      if (outer.equals(reference)) {
        return " (loop: " + path + ")";
      }
    }
    return "";
  }

  /// `{left} op {right}` and what follows; its value is `true` or empty.
  private void relational(ReferenceCursor cursor) throws BadValueException {
    RelationalExpression expression = RelationalExpression.parse(cursor);
    String left = new Expansion(expander, scan, nesting).expand(expression.left());
    String right = new Expansion(expander, scan, nesting).expand(expression.right());
    String value = !scan && expression.compare(left, right) ? "true" : "";
    if (cursor.atEnd()) {
      literal(value, 0, value.length());
    } else if (cursor.next('?')) {
      ifNotEmpty(cursor, !value.isEmpty());
    } else if (cursor.next(':')) {
      ifEmpty(cursor, value.isEmpty());
    } else {
      throw new BadValueException("\"?\" or \":\" expected at: \"...}>>>" + cursor.rest(20) + "\"");
    }
  }

  private void named(ReferenceCursor cursor) throws BadValueException {
    String name = cursor.name();
    if (cursor.atEnd()) {
      substitute(name);
    } else if (cursor.next('?')) {
      ifNotEmpty(cursor, isSet(name));
    } else if (cursor.next(':')) {
      ifEmpty(cursor, !isSet(name));
    } else {
      function(name, cursor);
    }
  }

  private boolean isSet(String name) throws BadValueException {
    return expander.value(name).filter(value -> !value.isEmpty()).isPresent();
  }

  private void substitute(String name) throws BadValueException {
    Optional<String> value = expander.value(name);
    if (!scan) {
      expander.substituted(name, value.isPresent());
    }
    if (value.isEmpty() || scan) {
      return;
    }
    if (expander.expandsValueOf(name)) {
      parse(value.get());
    } else {
      result.append(expander.filter(value.get()));
    }
  }

  private void ifNotEmpty(ReferenceCursor cursor, boolean taken) throws BadValueException {
    String text = cursor.operand();
    if (taken || scan) {
      parse(text);
    }
    if (cursor.atEnd()) {
      return;
    }
    if (!cursor.next(':')) {
      throw new BadValueException(
          "\":\" expected at: \"..." + text + "}>>>" + cursor.rest(20) + "\"");
    }
    ifEmpty(cursor, !taken);
  }

  private void ifEmpty(ReferenceCursor cursor, boolean taken) throws BadValueException {
    String text = cursor.operand();
    if (taken || scan) {
      parse(text);
    }
    cursor.expectEnd(text);
  }

  private void function(String name, ReferenceCursor cursor) throws BadValueException {
    String argument = cursor.braced().strip();
    cursor.expectEnd(argument);
    ExpansionFunction function =
        ExpansionFunction.named(name)
            .orElseThrow(() ->
                new BadValueException(
                    "unknown function \""
                        + name
                        + "\" at\"...>>>"
                        + name
                        + "{"
                        + argument
                        + "}\""));
    String value = new Expansion(expander, scan, nesting).expand(argument);
    if (!scan) {
      result.append(function.apply(value));
    }
  }
}
