package org.jmail.delivery.command;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusClass;
import org.jmail.base.dsn.StatusCode;
import org.jmail.base.posix.WaitStatus;
import org.jmail.base.table.Utf8;

/// What a command's end means for the mail. Postfix counterpart: the end of pipe_command.c,
/// sys_exits.c, dsn_util.c.
///
/// @param command as configured, for the log
/// @param output what it printed, one printable line
record CommandStatus(String command, String output) {

  private static final Pattern DSN_TEXT =
      Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:[ \\t]+(.*))?", Pattern.DOTALL);

  /// A code and Postfix's words for it.
  private record Meaning(String code, String text) {}

  static CommandStatus of(String command, String printed) {
    return new CommandStatus(command, printable(printed));
  }

  /// Tabs and line ends become blanks, what else cannot be printed an underscore.
  private static String printable(String printed) {
    boolean utf8 = Utf8.isValid(printed);
    StringBuilder line = new StringBuilder(printed);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t' || c == '\n') {
        line.setCharAt(i, ' ');
      } else if (c < ' ' || c == 0x7f || (c > 0x7f && !utf8)) {
        line.setCharAt(i, '_');
      }
    }
    return line.toString();
  }

  /// It failed by itself, or by a signal.
  DeliveryResult ended(WaitStatus status) {
    if (!status.exited()) {
      return result(
          "4.3.0",
          "Command died with signal " + status.signal() + ": \"" + command + "\"" + withOutput(),
          "internal software error");
    }
    Optional<DeliveryResult> told = told();
    return told.isPresent() ? told.get() : exited(status.exitStatus());
  }

  /// "D.S.N text" in the output says more than the exit status.
  private Optional<DeliveryResult> told() {
    Matcher matcher = DSN_TEXT.matcher(output);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String text = matcher.group(2) == null ? "" : matcher.group(2);
    Diagnosis why = new Diagnosis(StatusCode.of(matcher.group(1)), text, "x-unix", text);
    return Optional.of(byClass(why));
  }

  DeliveryResult exited(int status) {
    Optional<Meaning> meaning = meaning(status);
    if (meaning.isPresent()) {
      return result(
          meaning.get().code(), meaning.get().text() + withOutput(), meaning.get().text());
    }
    return result(
        "5.3.0",
        "Command died with status " + status + ": \"" + command + "\"" + withOutput(),
        "unknown mail system error " + status);
  }

  /// It took too long and was killed.
  DeliveryResult timedOut() {
    return result(
        "5.3.0",
        "Command time limit exceeded: \"" + command + "\"" + withOutput(),
        "internal software error");
  }

  private String withOutput() {
    return output.isEmpty() ? "" : ". Command output: " + output;
  }

  private DeliveryResult result(String code, String reason, String otherwise) {
    String detail = output.isEmpty() ? otherwise : output;
    return byClass(new Diagnosis(StatusCode.of(code), reason, "x-unix", detail));
  }

  private static DeliveryResult byClass(Diagnosis why) {
    return why.code().type() == StatusClass.PERSISTENT_TRANSIENT
        ? new DeliveryResult.Deferred(why)
        : new DeliveryResult.Bounced(why);
  }

  /// The exit statuses of sysexits.h.
  private static Optional<Meaning> meaning(int status) {
    return Optional.ofNullable(
        switch (status) {
          case 64 -> new Meaning("5.3.0", "command line usage error");
          case 65 -> new Meaning("5.6.0", "data format error");
          case 66 -> new Meaning("5.3.0", "cannot open input");
          case 67 -> new Meaning("5.1.1", "user unknown");
          case 68 -> new Meaning("5.1.2", "host name unknown");
          case 69 -> new Meaning("5.3.0", "service unavailable");
          case 70 -> new Meaning("5.3.0", "internal software error");
          case 71 -> new Meaning("4.3.0", "system resource problem");
          case 72 -> new Meaning("5.3.0", "critical OS file missing");
          case 73 -> new Meaning("5.2.0", "can't create user output file");
          case 74 -> new Meaning("5.3.0", "input/output error");
          case 75 -> new Meaning("4.3.0", "temporary failure");
          case 76 -> new Meaning("5.5.0", "remote error in protocol");
          case 77 -> new Meaning("5.7.0", "permission denied");
          case 78 -> new Meaning("5.3.5", "local configuration error");
          default -> null;
        });
  }
}
