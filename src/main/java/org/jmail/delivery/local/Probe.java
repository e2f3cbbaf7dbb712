package org.jmail.delivery.local;

import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Delivered;
import org.jmail.base.dsn.Diagnosis;

/// What `sendmail -bv` is told: what would be done for a recipient, in Postfix's words
/// (DEL_REQ_TRACE_ONLY).
final class Probe {

  private Probe() {}

  /// What a destination that is settled by the request alone would do.
  ///
  /// @param mailboxCommand of the user; empty when there is none
  static DeliveryResult of(Destination destination, String mailboxCommand, LocalSettings settings) {
    return switch (destination) {
      case Destination.Decided(var ignored, var result) -> result;
      case Destination.Looped loop -> loop.result();
      case Destination.ToUser user -> delivers(user(mailboxCommand, settings));
      case Destination.ToFile(var ignored, var path) ->
          delivers(path.endsWith("/") ? "delivers to maildir" : "delivers to file: " + path);
      case Destination.ToCommand(var ignored, var command) ->
          delivers("delivers to command: " + command);
      case Destination.ToTransport(var ignored, var transport) ->
          delivers("passes to transport: " + transport);
      case Destination.Forward(var a) -> delivers("forwards to " + a.forQueue().address());
    };
  }

  private static String user(String mailboxCommand, LocalSettings settings) {
    if (!mailboxCommand.isEmpty()) {
      return "delivers to command: " + mailboxCommand;
    }
    return settings.homeMailbox().endsWith("/") || settings.spoolDirectory().endsWith("/")
        ? "delivers to maildir"
        : "delivers to mailbox";
  }

  private static DeliveryResult delivers(String text) {
    return new Delivered(Diagnosis.of("2.0.0", text));
  }
}
