package org.jmail.delivery.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jmail.base.ipc.Supervision;

/// The command line of the delivery process. It understands that of `postfix` too, since `postfix
/// start-fg` becomes this process.
///
/// @param directory of `-c`
/// @param foreground stays in the terminal's session and keeps its standard output
/// @param waits for a line on standard input before it begins (`-w`)
record Options(Optional<String> directory, boolean foreground, boolean waits) {

  /// With `-w`: waits to be told to begin. When that does not come nothing has begun, and the
  /// process ends.
  void awaitBegin(InputStream in) throws IOException {
    if (waits) {
      BufferedReader orders =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
      if (!Supervision.BEGIN.equals(orders.readLine())) {
        System.exit(1);
      }
    }
  }

  static Options parse(List<String> arguments) {
    Optional<String> directory = Optional.empty();
    boolean foreground = false;
    boolean waits = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("-c") && i + 1 < arguments.size()) {
        directory = Optional.of(arguments.get(++i));
      } else if (argument.startsWith("-c")) {
        directory = Optional.of(argument.substring(2));
      } else if (argument.equals("-s") || argument.equals("start-fg")) {
        foreground = true;
      } else if (argument.equals("-w")) {
        waits = true;
      }
    }
    return new Options(directory, foreground, waits);
  }
}
