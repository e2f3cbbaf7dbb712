package org.jmail.delivery.local;

import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.posix.Passwd;

/// Where an expansion ends: one leaf. Nothing has been done yet.
sealed interface Destination {

  /// How it was reached.
  Attributes attributes();

  /// A user's mailbox, maildir or mailbox_command.
  record ToUser(Attributes attributes, Passwd user) implements Destination {}

  /// A `/file` or `/maildir/` of an alias or .forward.
  record ToFile(Attributes attributes, String path) implements Destination {}

  /// A `|command` of an alias or .forward.
  record ToCommand(Attributes attributes, String command) implements Destination {}

  /// What mailbox_transport or fallback_transport names, as `transport:nexthop`.
  record ToTransport(Attributes attributes, String transport) implements Destination {}

  /// An address for the queue: not local, or to be tried by itself. It is the current one of the
  /// attributes.
  record Forward(Attributes attributes) implements Destination {}

  /// A recipient that has had this message before.
  record Looped(Attributes attributes) implements Destination {

    DeliveryResult result() {
      return new DeliveryResult.Bounced(
          Diagnosis.of("5.4.6", "mail forwarding loop for " + attributes.address()));
    }
  }

  /// Decided without delivering anything.
  record Decided(Attributes attributes, DeliveryResult result) implements Destination {}

  static Destination deferred(Attributes attributes, String code, String text) {
    return new Decided(attributes, new DeliveryResult.Deferred(Diagnosis.of(code, text)));
  }

  static Destination bounced(Attributes attributes, String code, String text) {
    return new Decided(attributes, new DeliveryResult.Bounced(Diagnosis.of(code, text)));
  }

  static Destination delivered(Attributes attributes, String text) {
    return new Decided(attributes, new DeliveryResult.Delivered(Diagnosis.of("2.0.0", text)));
  }
}
