package org.jmail.delivery.command;

import org.jmail.base.dsn.DeliveryResult;

/// How a command ended.
public sealed interface CommandEnd {

  /// It took the message.
  ///
  /// @param output what it printed, one printable line
  record Succeeded(String output) implements CommandEnd {}

  /// It did not.
  ///
  /// @param result a deferral or a bounce
  record Failed(DeliveryResult result) implements CommandEnd {}
}
