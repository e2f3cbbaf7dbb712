package org.jmail.command.sendmail;

import java.util.List;

/// getopt(3) over an option list, as POSIX has it: the first word that is no option ends them, `--`
/// too, options without a value may stand together, a value may be part of the word or the next
/// word. For one thread.
final class OptionScanner {

  private static final String WITH_VALUE = "ABCFLNORVXbefhopqr";
  private static final String WITHOUT_VALUE = "GIUcimntvx";

  private final List<String> words;
  private int word;
  private int letter;
  private String value = "";

  OptionScanner(List<String> words) {
    this.words = words;
  }

  /// Whether the scan stands at the beginning of a word that is exactly this.
  boolean at(String text) {
    return letter == 0 && word < words.size() && words.get(word).equals(text);
  }

  /// The word where the scan stands, whole; empty when there is none or it is partly read.
  String whole() {
    return letter == 0 && word < words.size() ? words.get(word) : "";
  }

  /// The word after the one where the scan stands; empty when there is none.
  String following() {
    return word + 1 < words.size() ? words.get(word + 1) : "";
  }

  /// Passes over a whole word.
  void skip() {
    word++;
  }

  /// The next option's letter, or 0 when there are no more.
  ///
  /// @throws UsageException for an option that is not known or lacks its value
  char next() throws UsageException {
    if (letter == 0) {
      if (word >= words.size()) {
        return 0;
      }
      String text = words.get(word);
      if (text.length() < 2 || text.charAt(0) != '-') {
        return 0;
      }
      if (text.equals("--")) {
        word++;
        return 0;
      }
      letter = 1;
    }
    String text = words.get(word);
    char option = text.charAt(letter++);
    boolean last = letter == text.length();
    value = "";
    if (WITH_VALUE.indexOf(option) >= 0) {
      takeValue(option, last ? "" : text.substring(letter), last);
    } else if (last) {
      word++;
      letter = 0;
    }
    if (WITH_VALUE.indexOf(option) < 0 && WITHOUT_VALUE.indexOf(option) < 0) {
      throw new UsageException("invalid option -- '" + option + "'");
    }
    return option;
  }

  private void takeValue(char option, String rest, boolean last) throws UsageException {
    word++;
    letter = 0;
    if (!last) {
      value = rest;
    } else if (word < words.size()) {
      value = words.get(word++);
    } else {
      throw new UsageException("option requires an argument -- '" + option + "'");
    }
  }

  /// The value of the option that [#next] returned; empty when it takes none.
  String value() {
    return value;
  }

  /// The words that are left.
  List<String> operands() {
    return words.subList(Math.min(word, words.size()), words.size());
  }

  /// An option that does not exist or lacks its value.
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
