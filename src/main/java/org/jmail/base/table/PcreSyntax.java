package org.jmail.base.table;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jmail.base.config.BadValueException;

/// Perl-compatible patterns with their flags, compiled by java.util.regex (docs/adr/0010). Octets,
/// no UTF mode.
final class PcreSyntax {

  private PcreSyntax() {}

  /// Compiles `/text/flags` of a pcre table. Each flag toggles: `i` case is ignored (the default),
  /// `s` the dot matches line feeds (the default), `m` `^ $` match at lines, `x` extended, `A`
  /// anchored, `E` `$` only at the very end, `U` not greedy; `X` does nothing.
  static Expression compile(String text, String flags, IntFunction<BadValueException> unknown)
      throws BadValueException {
    int options = Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNIX_LINES;
    boolean anchored = false;
    boolean dollarEndOnly = false;
    boolean ungreedy = false;
    for (int i = 0; i < flags.length(); i++) {
      switch (flags.charAt(i)) {
        case 'i' -> options ^= Pattern.CASE_INSENSITIVE;
        case 's' -> options ^= Pattern.DOTALL;
        case 'm' -> options ^= Pattern.MULTILINE;
        case 'x' -> options ^= Pattern.COMMENTS;
        case 'A' -> anchored = !anchored;
        case 'E' -> dollarEndOnly = !dollarEndOnly;
        case 'U' -> ungreedy = !ungreedy;
        case 'X' -> {}
        default -> throw unknown.apply(flags.charAt(i));
      }
    }
    boolean extended = (options & Pattern.COMMENTS) != 0;
    boolean veryEnd = dollarEndOnly && (options & Pattern.MULTILINE) == 0;
    String java = new PcreTranslation(text, extended, ungreedy, veryEnd).java();
    try {
      // the line feed ends a comment of the extended syntax, and is white space there
      String whole = anchored ? "\\A(?:" + java + (extended ? "\n)" : ")") : java;
      return new Expression(Pattern.compile(whole, options), false);
    } catch (PatternSyntaxException e) {
      throw new BadValueException(explained(e, text, java), e);
    }
  }

  /// What java.util.regex says, in the words of PCRE where it has some, with the offset in the
  /// pattern where that is known.
  private static String explained(PatternSyntaxException e, String text, String java) {
    String why = e.getDescription();
    if (why.startsWith("Unclosed group")) {
      return "error in regex at offset " + text.length() + ": missing closing parenthesis";
    }
    if (why.startsWith("Dangling meta character")) {
      int index = e.getIndex();
      boolean same =
          index >= 0 && text.startsWith(java.substring(0, Math.min(index, java.length())));
      return "error in regex"
          + (same ? " at offset " + index : "")
          + ": quantifier does not follow a repeatable item";
    }
    return why.startsWith("Illegal repetition range")
        ? "error in regex: numbers out of order in {} quantifier"
        : "error in regex: " + why.toLowerCase(Locale.ROOT);
  }
}
