package org.jmail.base.table;

import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jmail.base.config.BadValueException;

/// POSIX regular expressions, extended and basic, with glibc's additions (`\w \b \< \1` …), written
/// as java.util.regex does (docs/adr/0010). Octets, C locale. Confined to one pattern.
final class PosixSyntax {

  private final String text;
  private final boolean extended;
  private final boolean ignoreCase;
  private final boolean newline;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int groups;
  private int depth;

  private PosixSyntax(String text, boolean extended, boolean ignoreCase, boolean newline) {
    this.text = text;
    this.extended = extended;
    this.ignoreCase = ignoreCase;
    this.newline = newline;
  }

  /// Compiles `/text/flags` of a regexp table. Each flag toggles: `i` case is ignored (the
  /// default), `x` extended syntax (the default), `m` lines (REG_NEWLINE).
  static Expression compile(String text, String flags, IntFunction<BadValueException> unknown)
      throws BadValueException {
    boolean ignoreCase = true;
    boolean extended = true;
    boolean newline = false;
    for (int i = 0; i < flags.length(); i++) {
      switch (flags.charAt(i)) {
        case 'i' -> ignoreCase = !ignoreCase;
        case 'x' -> extended = !extended;
        case 'm' -> newline = !newline;
        default -> throw unknown.apply(flags.charAt(i));
      }
    }
    PosixSyntax syntax = new PosixSyntax(text, extended, ignoreCase, newline);
    syntax.alternatives();
    if (syntax.at < text.length()) {
      throw new BadValueException("Unmatched ) or \\)");
    }
    try {
      Pattern pattern =
          Pattern.compile(syntax.out.toString(), ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
      return new Expression(pattern, text.indexOf('|') >= 0 || text.indexOf('?') >= 0);
    } catch (PatternSyntaxException e) {
      throw new BadValueException(e.getDescription(), e);
    }
  }

  private void alternatives() throws BadValueException {
    branch();
    while (isBar()) {
      at += extended ? 1 : 2;
      out.append('|');
      branch();
    }
  }

  private boolean isBar() {
    return text.startsWith(extended ? "|" : "\\|", at);
  }

  private boolean isClose() {
    // in extended syntax a ')' without '(' stands for itself
    return depth > 0 && text.startsWith(extended ? ")" : "\\)", at);
  }

  private void branch() throws BadValueException {
    boolean first = true;
    while (at < text.length() && !isBar() && !isClose()) {
      if (!extended && text.startsWith("\\)", at)) {
        throw new BadValueException("Unmatched ) or \\)");
      }
      first = piece(first) && !extended;
    }
  }

  /// An atom and its repetitions; says whether it is an anchor, behind which a basic `*` stands for
  /// itself.
  private boolean piece(boolean first) throws BadValueException {
    if (extended && "*+?".indexOf(text.charAt(at)) >= 0) {
      throw new BadValueException("Invalid preceding regular expression");
    }
    int start = out.length();
    boolean anchor = atom(first);
    for (boolean again = false; ; again = true) {
      String repeat = anchor && !extended ? "" : repetition();
      if (repeat.isEmpty()) {
        return anchor;
      }
      if (anchor) {
        throw new BadValueException("Invalid preceding regular expression");
      }
      if (again) {
        out.insert(start, "(?:").append(')');
      }
      out.append(repeat);
    }
  }

  /// The repetition at the current place, or nothing.
  private String repetition() throws BadValueException {
    if (at >= text.length()) {
      return "";
    }
    char c = text.charAt(at);
    if (c == '*' || (extended && (c == '+' || c == '?'))) {
      at++;
      return String.valueOf(c);
    }
    if (!extended && (text.startsWith("\\+", at) || text.startsWith("\\?", at))) {
      at += 2;
      return String.valueOf(text.charAt(at - 1));
    }
    String open = extended ? "{" : "\\{";
    String close = extended ? "}" : "\\}";
    if (!text.startsWith(open, at)) {
      return "";
    }
    int end = text.indexOf(close, at);
    if (end < 0) {
      throw new BadValueException("Unmatched \\{");
    }
    String bounds = text.substring(at + open.length(), end);
    at = end + close.length();
    return interval(bounds);
  }

  private static String interval(String bounds) throws BadValueException {
    int comma = bounds.indexOf(',');
    String low = comma < 0 ? bounds : bounds.substring(0, comma);
    String high = comma < 0 ? low : bounds.substring(comma + 1);
    boolean open = comma >= 0 && high.isEmpty();
    if ((!low.isEmpty() && !Ascii.isAllDigits(low))
        || (!open && !Ascii.isAllDigits(high))
        || low.length() > 5
        || high.length() > 5) {
      throw new BadValueException("Invalid content of \\{\\}");
    }
    int least = low.isEmpty() ? 0 : Integer.parseInt(low);
    int most = open ? least : Integer.parseInt(high);
    if (most < least || most > 32767) {
      throw new BadValueException(
          most < least ? "Invalid content of \\{\\}" : "Regular expression too big");
    }
    return open ? "{" + least + ",}" : "{" + least + "," + most + "}";
  }

  /// Writes one atom; says whether it is an anchor.
  private boolean atom(boolean first) throws BadValueException {
    char c = text.charAt(at++);
    switch (c) {
      case '[' -> bracket();
      case '.' -> out.append(newline ? "[^\\n]" : "(?s:.)");
      case '\\' -> escape();
      case '(' -> {
        if (extended) {
          group(")");
        } else {
          literal(c);
        }
      }
      case '^' -> {
        if (extended || first) {
          out.append(newline ? "(?:\\A|(?<=\\n))" : "\\A");
          return true;
        }
        literal(c);
      }
      case '$' -> {
        if (extended || at == text.length() || isBar() || isClose()) {
          out.append(newline ? "(?=\\n|\\z)" : "\\z");
          return true;
        }
        literal(c);
      }
      case '{' -> {
        if (extended) {
          throw new BadValueException("Invalid preceding regular expression");
        }
        literal(c);
      }
      default -> literal(c);
    }
    return false;
  }

  private void bracket() throws BadValueException {
    BracketExpression bracket = BracketExpression.parse(text, at - 1, ignoreCase);
    BitSet set = bracket.octets();
    if (newline && text.startsWith("^", at)) {
      set.clear('\n');
    }
    out.append(BracketExpression.toJava(set));
    at = bracket.end();
  }

  private void group(String close) throws BadValueException {
    groups++;
    depth++;
    out.append('(');
    alternatives();
    if (!text.startsWith(close, at)) {
      throw new BadValueException("Unmatched ( or \\(");
    }
    depth--;
    at += close.length();
    out.append(')');
  }

  private void escape() throws BadValueException {
    if (at == text.length()) {
      throw new BadValueException("Trailing backslash");
    }
    char c = text.charAt(at++);
    switch (c) {
      case 'w' -> out.append("[0-9A-Za-z_]");
      case 'W' -> out.append("[^0-9A-Za-z_]");
      case 's' -> out.append("[\\t-\\r ]");
      case 'S' -> out.append("[^\\t-\\r ]");
      case 'b' -> out.append("\\b");
      case 'B' -> out.append("\\B");
      case '<' -> out.append("\\b(?=[0-9A-Za-z_])");
      case '>' -> out.append("\\b(?<=[0-9A-Za-z_])");
      case '`' -> out.append("\\A");
      case '\'' -> out.append("\\z");
      case '(' -> {
        if (extended) {
          literal(c);
        } else {
          group("\\)");
        }
      }
      default -> {
        if (c >= '1' && c <= '9') {
          if (c - '0' > groups) {
            throw new BadValueException("Invalid back reference");
          }
          out.append("(?:\\").append(c).append(')');
        } else {
          literal(c);
        }
      }
    }
  }

  private void literal(char c) {
    if (!Ascii.isAlphanumeric(c) && c < 0x80) {
      out.append('\\');
    }
    out.append(c);
  }
}
