package org.jmail.command.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.MasterCf;
import org.jmail.base.config.MasterService;

/// The rows of master.cf that start nothing: a Postfix configuration is taken as it is, and whoever
/// brings one is told which of its services do not exist here.
final class UnservedRows {

  /// Programs that run, or whose work another part does without a process of its own.
  private static final Set<String> SERVED =
      Set.of(
          "anvil",
          "bounce",
          "cleanup",
          "discard",
          "error",
          "flush",
          "local",
          "nqmgr",
          "oqmgr",
          "pickup",
          "pipe",
          "postlogd",
          "proxymap",
          "qmgr",
          "scache",
          "showq",
          "smtpd",
          "tlsmgr",
          "trivial-rewrite",
          "verify",
          "virtual");

  /// Postfix's other programs.
  private static final Set<String> NOT_YET =
      Set.of(
          "dnsblog", "lmtp", "nbdb_reindexd", "postscreen", "qmqpd", "smtp", "spawn", "tlsproxy");

  private UnservedRows() {}

  /// One line that names them all and says what it means; empty when every row is served.
  static Optional<String> warning(MasterCf master) {
    List<String> listeners = new ArrayList<>();
    List<String> transports = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (MasterService service : master.services()) {
      String program = service.program();
      if (!SERVED.contains(program)) {
        List<String> kind =
            !NOT_YET.contains(program)
                ? unknown
                : service.type() == MasterService.Type.UNIX ? transports : listeners;
        kind.add(
            service.name()
                + "/"
                + service.type().text()
                + " ("
                + program
                + ", line "
                + service.line()
                + ")");
      }
    }
    List<String> parts = new ArrayList<>();
    say(parts, listeners, "no connection is taken at ");
    say(parts, transports, "mail waits in the queue for ");
    say(parts, unknown, "no such program for ");
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(master.file() + ": not served yet: " + String.join("; ", parts));
  }

  private static void say(List<String> parts, List<String> rows, String meaning) {
    if (!rows.isEmpty()) {
      parts.add(meaning + String.join(", ", rows));
    }
  }
}
