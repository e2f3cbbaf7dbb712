package org.jmail.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// What a command of ours did when it was run in the process of the test.
public record Ran(int status, String out, String err) {

  /// Runs it.
  ///
  /// @param name that it is called by
  /// @param input its standard input
  public static Ran of(
      Command command,
      String name,
      List<String> arguments,
      String input,
      Map<String, String> environment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        command.run(
            new Invocation(
                name,
                arguments,
                new ByteArrayInputStream(input.getBytes(ISO_8859_1)),
                new PrintStream(out, true, ISO_8859_1),
                new PrintStream(err, true, ISO_8859_1),
                environment));
    return new Ran(status, out.toString(ISO_8859_1), err.toString(ISO_8859_1));
  }
}
