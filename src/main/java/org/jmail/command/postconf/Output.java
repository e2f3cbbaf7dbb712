package org.jmail.command.postconf;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where answers and diagnostics go: octets, answers flushed before each diagnostic. Confined to
/// one run; buffers.
final class Output {
  private final String program;
  private final PrintStream out;
  private final PrintStream err;
  private final StringBuilder pending = new StringBuilder();

  Output(String program, PrintStream out, PrintStream err) {
    this.program = program;
    this.out = out;
    this.err = err;
  }

  void print(String text) {
    pending.append(text);
    if (pending.length() > 1 << 16) {
      flush();
    }
  }

  void warning(String text) {
    diagnose("warning: " + text);
  }

  void fatal(String text) {
    diagnose("fatal: " + text);
  }

  private void diagnose(String text) {
    flush();
    String line = program + ": " + printable(text) + "\n";
    byte[] octets = line.getBytes(StandardCharsets.ISO_8859_1);
    err.write(octets, 0, octets.length);
    err.flush();
  }

  /// A configuration file may hold anything; a terminal must not see it. Postfix counterpart:
  /// printable.c.
  private static String printable(String text) {
    StringBuilder safe = new StringBuilder(text);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      if (c < ' ' || c > '~') {
        safe.setCharAt(i, '?');
      }
    }
    return safe.toString();
  }

  void flush() {
    byte[] octets = pending.toString().getBytes(StandardCharsets.ISO_8859_1);
    pending.setLength(0);
    out.write(octets, 0, octets.length);
    out.flush();
  }
}
