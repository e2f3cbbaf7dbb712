package org.jmail.delivery.local;

import java.util.Optional;
import org.jmail.base.address.AddressParser;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.table.TableException;

/// Names that are neither alias nor user. Postfix counterpart: unknown.c.
final class UnknownRecipient {

  private final Expansion expansion;

  UnknownRecipient(Expansion expansion) {
    this.expansion = expansion;
  }

  void expand(Attributes given) throws InterruptedException {
    Attributes a = given.deeper();
    LocalSettings settings = expansion.settings();
    if (expansion.seen().repeats("deliver_unknown " + a.name().local())) {
      return;
    }
    try {
      Optional<String> transport =
          expansion.around().tables().fallbackTransports().find(a.name().user());
      if (transport.isPresent() || !settings.fallbackTransport().isEmpty()) {
        String service = transport.orElse(settings.fallbackTransport());
        expansion.add(new Destination.ToTransport(a, service));
        return;
      }
    } catch (TableException e) {
      expansion.warn(String.valueOf(e.getMessage()));
      expansion.add(Destination.deferred(a, "4.3.0", "table lookup failure"));
      return;
    }
    if (!settings.luserRelay().isEmpty()) {
      relay(a);
    } else if (a.name().user().equals("postmaster") || a.name().user().equals("mailer-daemon")) {
      // RFC 5321 section 4.5.1 wants somebody there; that mail must not bounce either.
      expansion.warn("required alias not found: " + a.name().user());
      expansion.add(Destination.delivered(a, "discarded"));
    } else {
      bounce(a);
    }
  }

  private void bounce(Attributes a) {
    expansion.add(Destination.bounced(a, "5.1.1", "unknown user: \"" + a.name().user() + "\""));
  }

  /// luser_relay: an address, never a file or command, whatever it looks like.
  private void relay(Attributes a) throws InterruptedException {
    LocalSettings settings = expansion.settings();
    String text;
    try {
      LocalNames names = new LocalNames(a, settings.extension().delimiters());
      text = MacroExpander.once(names).expand(settings.luserRelay());
    } catch (BadValueException e) {
      expansion.warn("bad luser_relay: " + e.getMessage());
      expansion.add(Destination.deferred(a, "4.3.5", "mail system configuration error"));
      return;
    }
    String target = AddressParser.scanAddress(text).internal();
    String complete = settings.rewriter().internal(target);
    if (complete.equalsIgnoreCase(a.address())) {
      bounce(a);
    } else {
      expansion.address(a.withUnmatched(""), target);
    }
  }
}
