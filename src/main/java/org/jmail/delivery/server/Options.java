package org.jmail.delivery.server;

import java.util.List;
import java.util.Optional;

/// The command line of the delivery process. It understands that of `postfix` too, since `postfix
/// start-fg` becomes this process.
///
/// @param directory of `-c`
/// @param foreground stays in the terminal's session and keeps its standard output
record Options(Optional<String> directory, boolean foreground) {

  static Options parse(List<String> arguments) {
    Optional<String> directory = Optional.empty();
    boolean foreground = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("-c") && i + 1 < arguments.size()) {
        directory = Optional.of(arguments.get(++i));
      } else if (argument.startsWith("-c")) {
        directory = Optional.of(argument.substring(2));
      } else if (argument.equals("-s") || argument.equals("start-fg")) {
        foreground = true;
      }
    }
    return new Options(directory, foreground);
  }
}
