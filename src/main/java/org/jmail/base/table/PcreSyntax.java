package org.jmail.base.table;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jmail.base.config.BadValueException;

/// Perl-compatible patterns written as java.util.regex does, where the two differ (docs/adr/0010).
/// What has no counterpart there (recursion, conditions, `\K`, callouts) is an error that says so.
/// Octets, no UTF mode. Confined to one pattern.
final class PcreSyntax {

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private final PcreGroups groups;
  private boolean extended;
  private boolean ungreedy;
  private boolean dollarEndOnly;
  private boolean multiline;
  private int at;

  private PcreSyntax(String text) {
    this.text = text;
    this.groups = PcreGroups.of(text);
  }

  /// Compiles `/text/flags` of a pcre table. Each flag toggles: `i` case is ignored (the default),
  /// `s` the dot matches line feeds (the default), `m` `^ $` match at lines, `x` extended, `A`
  /// anchored, `E` `$` only at the very end, `U` not greedy; `X` does nothing.
  static Expression compile(String text, String flags, IntFunction<BadValueException> unknown)
      throws BadValueException {
    PcreSyntax syntax = new PcreSyntax(text);
    int options = Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNIX_LINES;
    boolean anchored = false;
    for (int i = 0; i < flags.length(); i++) {
      switch (flags.charAt(i)) {
        case 'i' -> options ^= Pattern.CASE_INSENSITIVE;
        case 's' -> options ^= Pattern.DOTALL;
        case 'm' -> syntax.multiline = !syntax.multiline;
        case 'x' -> syntax.extended = !syntax.extended;
        case 'A' -> anchored = !anchored;
        case 'E' -> syntax.dollarEndOnly = !syntax.dollarEndOnly;
        case 'U' -> syntax.ungreedy = !syntax.ungreedy;
        case 'X' -> {}
        default -> throw unknown.apply(flags.charAt(i));
      }
    }
    if (syntax.multiline) {
      options |= Pattern.MULTILINE;
    }
    if (syntax.extended) {
      options |= Pattern.COMMENTS;
    }
    try {
      syntax.translate();
      String java = anchored ? "\\A(?:" + syntax.out + "\n)" : syntax.out.toString();
      // the line feed ends a comment of the extended syntax, and is white space there
      java = anchored && !syntax.extended ? "\\A(?:" + syntax.out + ")" : java;
      return new Expression(Pattern.compile(java, options), false);
    } catch (PatternSyntaxException e) {
      throw new BadValueException(syntax.explained(e), e);
    }
  }

  /// What java.util.regex says, in the words of PCRE where it has some, with the offset in the
  /// pattern where that is known.
  private String explained(PatternSyntaxException e) {
    String why = e.getDescription();
    if (why.startsWith("Unclosed group")) {
      return "error in regex at offset " + text.length() + ": missing closing parenthesis";
    }
    if (why.startsWith("Dangling meta character")) {
      int index = e.getIndex();
      boolean same = index >= 0 && text.startsWith(out.substring(0, Math.min(index, out.length())));
      return "error in regex"
          + (same ? " at offset " + index : "")
          + ": quantifier does not follow a repeatable item";
    }
    return why.startsWith("Illegal repetition range")
        ? "error in regex: numbers out of order in {} quantifier"
        : "error in regex: " + why.toLowerCase(Locale.ROOT);
  }

  private void translate() throws BadValueException {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '\\' -> escape();
        case '[' -> bracket();
        case '(' -> open();
        case '{' -> brace();
        case '*', '+', '?' -> {
          out.append(c);
          at++;
          greed();
        }
        case '$' -> {
          out.append(dollarEndOnly && !multiline ? "\\z" : "$");
          at++;
        }
        case '#' -> {
          int end = extended ? text.indexOf('\n', at) : at + 1;
          out.append(extended ? "" : "\\#");
          at = end < 0 ? text.length() : end;
        }
        default -> {
          out.append(c);
          at++;
        }
      }
    }
  }

  private void open() throws BadValueException {
    if (text.startsWith("(*", at)) {
      throw unsupported("(*VERB)");
    }
    if (!text.startsWith("(?", at)) {
      out.append('(');
      at++;
      return;
    }
    String name = PcreGroups.nameAt(text, at);
    if (!name.isEmpty()) {
      out.append('(');
      at = text.indexOf(text.startsWith("(?'", at) ? '\'' : '>', at + 3) + 1;
    } else if (text.startsWith("(?#", at)) {
      int end = text.indexOf(')', at);
      if (end < 0) {
        throw new BadValueException("error in regex: missing ) after (?# comment");
      }
      at = end + 1;
    } else if (text.startsWith("(?P=", at)) {
      int end = text.indexOf(')', at);
      reference(groups.number(end < 0 ? "" : text.substring(at + 4, end)));
      at = end + 1;
    } else {
      char kind = at + 2 < text.length() ? text.charAt(at + 2) : ' ';
      if ("|(R&PC0123456789+".indexOf(kind) >= 0) {
        throw unsupported("(?" + kind);
      }
      out.append("(?");
      at += 2;
      inlineFlags();
    }
  }

  /// `(?i-s)` and `(?i:`: `U` and `J` mean something else in Java.
  private void inlineFlags() throws BadValueException {
    int end = at;
    while (end < text.length() && "imsxnUJ-".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    if (end < text.length() && (text.charAt(end) == ')' || text.charAt(end) == ':')) {
      String flags = text.substring(at, end);
      if (flags.indexOf('U') >= 0 || flags.indexOf('J') >= 0 || flags.indexOf('n') >= 0) {
        throw unsupported("(?" + flags + ")");
      }
      out.append(flags);
      at = end;
    }
  }

  /// A brace that is no repetition stands for itself.
  private void brace() {
    int end = text.indexOf('}', at);
    if (end < 0 || !text.substring(at, end + 1).matches("\\{\\d+(,\\d*)?\\}")) {
      out.append("\\{");
      at++;
      return;
    }
    out.append(text, at, end + 1);
    at = end + 1;
    greed();
  }

  private void greed() {
    boolean question = text.startsWith("?", at);
    if (text.startsWith("+", at)) {
      out.append('+');
      at++;
    } else if (question || ungreedy) {
      out.append(question != ungreedy ? "?" : "");
      at += question ? 1 : 0;
    }
  }

  private void escape() throws BadValueException {
    if (at + 1 == text.length()) {
      throw new BadValueException("error in regex: \\ at end of pattern");
    }
    char c = text.charAt(at + 1);
    switch (c) {
      case 'N' -> literally("[^\\n]");
      case 'Q' -> quoted();
      case 'E' -> at += 2;
      case 'K', 'C' -> throw unsupported("\\" + c);
      case 'o' -> octal();
      case 'g', 'k' -> groupReference(c);
      default -> {
        if (c >= '1' && c <= '9') {
          number();
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '0') {
          out.append('\\').append(c);
          at += 2;
        } else {
          out.append(PcreClass.quote(c));
          at += 2;
        }
      }
    }
  }

  private void literally(String java) {
    out.append(java);
    at += 2;
  }

  private void quoted() {
    int end = text.indexOf("\\E", at + 2);
    String content = text.substring(at + 2, end < 0 ? text.length() : end);
    content.chars().forEach(c -> out.append(PcreClass.quote((char) c)));
    at = end < 0 ? text.length() : end + 2;
  }

  private void octal() throws BadValueException {
    int end = text.startsWith("\\o{", at) ? text.indexOf('}', at) : -1;
    if (end < 0 || !text.substring(at + 3, end).matches("[0-7]{1,3}")) {
      throw new BadValueException("error in regex: bad \\o{}");
    }
    out.append(PcreClass.quote((char) (Integer.parseInt(text.substring(at + 3, end), 8) & 0xff)));
    at = end + 1;
  }

  /// `\1` is a group; `\101` is a group if there are so many, else an octal number.
  private void number() throws BadValueException {
    int end = at + 1;
    while (end < text.length() && end < at + 4 && Ascii.isDigit(text.charAt(end))) {
      end++;
    }
    String digits = text.substring(at + 1, end);
    int number = Integer.parseInt(digits);
    if (number < 10 || number <= groups.count() || !digits.matches("[0-7]{2,3}")) {
      reference(number);
    } else {
      out.append(PcreClass.quote((char) (Integer.parseInt(digits, 8) & 0xff)));
    }
    at = end;
  }

  /// `\g1 \g{-1} \g{name} \k<name> \k{name} \k'name'`
  private void groupReference(char kind) throws BadValueException {
    int start = at + 2;
    char open = start < text.length() ? text.charAt(start) : ' ';
    String name;
    if (kind == 'g' && Ascii.isDigit(open)) {
      name = text.substring(start, start + 1);
      at = start + 1;
    } else {
      char close = open == '{' ? '}' : open == '<' ? '>' : open;
      int end = text.indexOf(close, start + 1);
      if (end < 0 || (kind == 'g' && open != '{') || "{<'".indexOf(open) < 0) {
        throw unsupported("\\" + kind);
      }
      name = text.substring(start + 1, end);
      at = end + 1;
    }
    if (name.startsWith("-") && Ascii.isAllDigits(name.substring(1))) {
      reference(openGroups() + 1 - Integer.parseInt(name.substring(1)));
    } else {
      reference(Ascii.isAllDigits(name) ? Integer.parseInt(name) : groups.number(name));
    }
  }

  /// How many groups were opened so far.
  private int openGroups() {
    return Pattern.compile("(?<!\\\\)\\((?!\\?)").split(out + " ", -1).length - 1;
  }

  private void reference(int number) throws BadValueException {
    if (number < 1 || number > groups.count()) {
      throw new BadValueException("error in regex: reference to non-existent subpattern");
    }
    out.append("(?:\\").append(number).append(')');
  }

  private void bracket() throws BadValueException {
    PcreClass set = PcreClass.at(text, at);
    out.append(set.java());
    at = set.end();
  }

  static BadValueException unsupported(String what) {
    return new BadValueException(
        "error in regex: " + what + " is not supported: skipping this rule");
  }
}
