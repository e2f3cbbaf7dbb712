package org.jmail.base.table;

import java.util.BitSet;
import org.jmail.base.config.BadValueException;

/// A character class, `[...]`, of a Perl-compatible pattern.
///
/// @param java as java.util.regex writes it
/// @param end where the pattern goes on
record PcreClass(String java, int end) {

  /// The class that begins with the bracket at `start`.
  static PcreClass at(String text, int start) throws BadValueException {
    Parser parser = new Parser(text, start);
    return new PcreClass(parser.parse(), parser.at);
  }

  /// An octet that stands for itself.
  static String quote(char c) {
    return Ascii.isAlphanumeric(c) || c > 0x7f
        ? String.valueOf(c)
        : String.format("\\x%02x", (int) c);
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text, int start) {
      this.text = text;
      this.at = start;
    }

    private String parse() throws BadValueException {
      at++;
      boolean negated = text.startsWith("^", at);
      at += negated ? 1 : 0;
      StringBuilder java = new StringBuilder(negated ? "[^" : "[");
      boolean first = true;
      while (true) {
        if (at >= text.length()) {
          throw new BadValueException(
              "error in regex at offset "
                  + text.length()
                  + ": missing terminating ] for character class");
        }
        char c = text.charAt(at);
        if (c == ']' && !first) {
          break;
        }
        first = false;
        if (text.startsWith("[:", at) && text.indexOf(":]", at) > 0) {
          posixClass(java);
        } else if (c == '\\' && at + 1 < text.length()) {
          bracketEscape(java);
        } else {
          java.append(c == '-' ? "-" : quote(c));
          at++;
        }
      }
      at++;
      return fixHyphens(java.append(']').toString());
    }

    /// A hyphen at either end of a set stands for itself.
    private static String fixHyphens(String set) {
      String fixed = set.replaceFirst("^(\\[\\^?)-", "$1\\\\-");
      return fixed.endsWith("-]") && !fixed.endsWith("\\-]")
          ? fixed.substring(0, fixed.length() - 2) + "\\-]"
          : fixed;
    }

    private void posixClass(StringBuilder java) throws BadValueException {
      int end = text.indexOf(":]", at);
      String name = text.substring(at + 2, end);
      boolean negated = name.startsWith("^");
      BitSet set = new BitSet(256);
      BracketExpression.addClass(set, negated ? name.substring(1) : name);
      if (negated) {
        set.flip(0, 256);
      }
      java.append(BracketExpression.toJava(set));
      at = end + 2;
    }

    private void bracketEscape(StringBuilder java) throws BadValueException {
      char c = text.charAt(at + 1);
      if (c == 'b') {
        java.append("\\x08");
        at += 2;
      } else if (c == 'Q' || c == 'E') {
        throw PcreTranslation.unsupported("\\Q in a character class");
      } else if (Ascii.isDigit(c)) {
        int end = at + 1;
        while (end < text.length() && end < at + 4 && "01234567".indexOf(text.charAt(end)) >= 0) {
          end++;
        }
        java.append(
            end == at + 1
                ? String.valueOf(c)
                : quote((char) (Integer.parseInt(text.substring(at + 1, end), 8) & 0xff)));
        at = Math.max(end, at + 2);
      } else if (Ascii.isAlphanumeric(c)) {
        java.append('\\').append(c);
        at += 2;
      } else {
        java.append(quote(c));
        at += 2;
      }
    }
  }
}
