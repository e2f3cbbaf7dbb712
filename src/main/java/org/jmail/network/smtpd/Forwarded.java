package org.jmail.network.smtpd;

import java.util.Optional;
import org.jmail.network.smtpd.access.Client;

/// Where mail came from before it reached the client, as XFORWARD says: for the log and for what
/// comes after us (Postfix smtpd_xforward.c).
///
/// @param given whether XFORWARD came at all
/// @param clientGiven whether it said something of the client
/// @param label `name[address]`, or the name alone when there is no address
/// @param ident the message's id there
/// @param local `DOMAIN=LOCAL`: headers are completed as in mail of this machine
record Forwarded(
    boolean given,
    boolean clientGiven,
    String name,
    String address,
    String port,
    String label,
    Optional<String> helo,
    String protocol,
    Optional<String> ident,
    Optional<Boolean> local) {

  /// Nothing said.
  static final Forwarded NONE =
      new Forwarded(
          false,
          false,
          Client.UNKNOWN,
          Client.UNKNOWN,
          Client.UNKNOWN,
          Client.UNKNOWN,
          Optional.empty(),
          Client.UNKNOWN,
          Optional.empty(),
          Optional.empty());
}
