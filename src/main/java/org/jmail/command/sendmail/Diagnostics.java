package org.jmail.command.sendmail;

import java.io.PrintStream;

/// Messages on standard error, each with the name of the command in front (Postfix msg_vstream.c).
/// What came from outside is shown without control octets.
final class Diagnostics {

  private final String name;
  private final PrintStream err;

  Diagnostics(String name, PrintStream err) {
    this.name = name;
    this.err = err;
  }

  void warning(String text) {
    print("warning: " + text);
  }

  void fatal(String text) {
    print("fatal: " + text);
  }

  void print(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || c == 0x7f ? '?' : c);
    }
    err.println(name + ": " + line);
    err.flush();
  }
}
