package org.jmail.base.table;

import java.util.regex.Pattern;
import org.jmail.base.config.BadValueException;

/// A Perl-compatible pattern written as java.util.regex does, where the two differ (docs/adr/0010).
/// What has no counterpart there (recursion, conditions, `\K`, callouts) is an error that says so.
/// Confined to one pattern.
final class PcreTranslation {

  private final String text;
  private final boolean extended;
  private final boolean ungreedy;
  private final boolean veryEnd;
  private final PcreGroups groups;
  private final StringBuilder out = new StringBuilder();
  private int at;

  /// @param extended blanks and comments count for nothing
  /// @param ungreedy quantifiers take as little as they can, unless `?` follows
  /// @param veryEnd `$` does not match before a last line feed
  PcreTranslation(String text, boolean extended, boolean ungreedy, boolean veryEnd) {
    this.text = text;
    this.extended = extended;
    this.ungreedy = ungreedy;
    this.veryEnd = veryEnd;
    this.groups = PcreGroups.of(text);
  }

  String java() throws BadValueException {
    translate();
    return out.toString();
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
          out.append(veryEnd ? "\\z" : "$");
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
