package org.jmail.network.smtpd;

import java.util.ArrayList;
import java.util.List;

/// A word of a command line, quotes and brackets kept (Postfix smtpd_token.c).
///
/// @param broken whether a quote or bracket in it is not closed
record Word(String text, boolean broken) {

  /// The words of a line. `from:` and `to:` end a word, so that an address may follow without a
  /// blank. A NUL ends the line.
  static List<Word> split(String line) {
    int nul = line.indexOf('\0');
    Splitter splitter = new Splitter(nul < 0 ? line : line.substring(0, nul));
    List<Word> words = new ArrayList<>();
    while (splitter.next()) {
      words.add(new Word(splitter.word.toString(), splitter.broken));
    }
    return words;
  }

  boolean is(String other) {
    return text.equalsIgnoreCase(other);
  }

  /// The text after `name=`; empty when the word is another.
  java.util.Optional<String> valueOf(String name) {
    return text.regionMatches(true, 0, name + "=", 0, name.length() + 1)
        ? java.util.Optional.of(text.substring(name.length() + 1))
        : java.util.Optional.empty();
  }

  private static final class Splitter {
    private final String line;
    private int at;
    private StringBuilder word = new StringBuilder();
    private boolean broken;

    Splitter(String line) {
      this.line = line;
    }

    boolean next() {
      word = new StringBuilder();
      broken = false;
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (isSpace(c)) {
          if (!word.isEmpty()) {
            break;
          }
        } else if (c == '<') {
          enclosed(c, '>');
        } else if (c == '"') {
          enclosed(c, '"');
        } else if (c == ':') {
          word.append(c);
          if (isLabel()) {
            break;
          }
        } else {
          word.append(c);
          if (c == '\\' && at < line.length()) {
            word.append(line.charAt(at++));
          }
        }
      }
      return !word.isEmpty();
    }

    private boolean isLabel() {
      String text = word.toString();
      return "to:".regionMatches(true, 0, text, 0, text.length())
          || "from:".regionMatches(true, 0, text, 0, text.length());
    }

    /// Text up to the closing character; quotes and brackets within nest, quotes first.
    private void enclosed(char open, char close) {
      StringBuilder stack = new StringBuilder().append(close);
      word.append(open);
      while (at < line.length()) {
        char c = line.charAt(at++);
        char wanted = stack.charAt(stack.length() - 1);
        word.append(c);
        if (c == '\\') {
          if (at == line.length()) {
            break;
          }
          word.append(line.charAt(at++));
        } else if (c == wanted) {
          if (stack.length() == 1) {
            return;
          }
          stack.setLength(stack.length() - 1);
        } else if (c == '"') {
          stack.append('"');
        } else if (c == '<' && wanted == '>') {
          stack.append('>');
        }
      }
      broken = true;
    }

    private static boolean isSpace(char c) {
      return c == ' ' || (c >= '\t' && c <= '\r');
    }
  }
}
