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
    byte[] line = (program + ": " + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
    err.write(line, 0, line.length);
    err.flush();
  }

  void flush() {
    byte[] octets = pending.toString().getBytes(StandardCharsets.ISO_8859_1);
    pending.setLength(0);
    out.write(octets, 0, octets.length);
    out.flush();
  }
}
