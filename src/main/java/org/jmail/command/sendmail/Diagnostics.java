package org.jmail.command.sendmail;

import java.io.PrintStream;
import org.jmail.base.config.Config;
import org.jmail.command.CommandLog;

/// Messages on standard error, each with the name of the command in front (Postfix msg_vstream.c),
/// and in the mail log. What came from outside is shown without control octets.
final class Diagnostics {

  private final String name;
  private final PrintStream err;
  private final CommandLog log = new CommandLog("sendmail");

  Diagnostics(String name, PrintStream err) {
    this.name = name;
    this.err = err;
  }

  /// From here on warnings and the fatal end go to the log that this configuration names, too.
  void logBy(Config config) {
    log.by(config);
  }

  void warning(String text) {
    print("warning: " + text);
    log.warning(text);
  }

  void fatal(String text) {
    print("fatal: " + text);
    log.fatal(text);
  }

  /// For the log only: what Postfix's postdrop says there when the queue cannot take the message.
  void postdrop(int uid, String why) {
    log.warningOf("postdrop", "uid=" + Integer.toUnsignedString(uid) + ": " + why);
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
