package org.jmail.command.queue;

import java.util.ArrayList;
import java.util.List;

/// getopt(3) of these commands: options may stand together and come after operands, as glibc has
/// it; `--` ends them.
final class GetOpt {

  /// An option that was given; the value is empty for one that takes none.
  record Option(char letter, String value) {}

  /// What was given.
  record Result(List<Option> options, List<String> operands) {}

  /// An option that does not exist or lacks its value; the message is getopt's own.
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  private GetOpt() {}

  /// Reads arguments.
  ///
  /// @param letters as for getopt(3): a colon follows an option that takes a value
  static Result parse(String letters, List<String> arguments) throws UsageException {
    List<Option> options = new ArrayList<>();
    List<String> operands = new ArrayList<>();
    int word = 0;
    while (word < arguments.size()) {
      String text = arguments.get(word++);
      if (text.equals("--")) {
        operands.addAll(arguments.subList(word, arguments.size()));
        break;
      }
      if (text.length() < 2 || text.charAt(0) != '-') {
        operands.add(text);
        continue;
      }
      for (int i = 1; i < text.length(); i++) {
        char letter = text.charAt(i);
        int at = letter == ':' ? -1 : letters.indexOf(letter);
        if (at < 0) {
          throw new UsageException("invalid option -- '" + letter + "'");
        }
        boolean takesValue = at + 1 < letters.length() && letters.charAt(at + 1) == ':';
        if (!takesValue) {
          options.add(new Option(letter, ""));
        } else if (i + 1 < text.length()) {
          options.add(new Option(letter, text.substring(i + 1)));
          break;
        } else if (word < arguments.size()) {
          options.add(new Option(letter, arguments.get(word++)));
        } else {
          throw new UsageException("option requires an argument -- '" + letter + "'");
        }
      }
    }
    return new Result(List.copyOf(options), List.copyOf(operands));
  }
}
