package org.jmail.network.smtpd.access;

import java.util.Optional;

/// The first trouble that must turn an acceptance into "try again later", kept from one protocol
/// stage to the next (Postfix state->defer_if_permit). Confined to one session's thread.
final class PendingDeferral {
  private Optional<Deferral> deferral = Optional.empty();
  private boolean active;
  private boolean client;
  private boolean helo;
  private boolean sender;

  boolean isActive() {
    return active;
  }

  Optional<Deferral> get() {
    return active ? deferral : Optional.empty();
  }

  /// The first reason counts, to minimize confusion.
  void raise(Deferral reason) {
    if (!active) {
      active = true;
      deferral = Optional.of(reason);
    }
  }

  /// Forgets what the stage at hand raised before, and keeps what came from stages before it.
  void begin(Stage stage) {
    active =
        switch (stage) {
          case CONNECT, DATA, END_OF_DATA -> false;
          case HELO -> client;
          case MAIL, ETRN -> client || helo;
          case RCPT -> sender;
        };
  }

  void end(Stage stage) {
    switch (stage) {
      case CONNECT -> client = active;
      case HELO -> helo = active;
      case MAIL -> sender = active;
      default -> {}
    }
  }
}
