package org.jmail.network.smtpd;

import java.net.InetAddress;
import java.util.List;
import org.jmail.base.maillog.MailLog;
import org.jmail.network.dns.Answer;
import org.jmail.network.dns.NameService;
import org.jmail.network.smtpd.access.Client;
import org.jmail.network.smtpd.access.NameStatus;

/// Finds the name of a client: the one that its address leads to, if that leads back (Postfix
/// smtpd_peer_sockaddr_to_hostname). Waits for the name service, on the session's own thread. Safe
/// for use by many threads.
record ClientNames(NameService names, MailLog log) {

  // In getaddrinfo's words, which log readers know.
  private static final String UNKNOWN_NAME = "Name or service not known";
  private static final String TRY_AGAIN = "Temporary failure in name resolution";

  /// The peer with its name, if it has one.
  Peer look(Peer peer, boolean withPort) {
    String text = peer.client().address();
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return peer;
    }
    return switch (names.hostName(address)) {
      case Answer.Found<String>(List<String> found) -> verified(peer, address, found, withPort);
      case Answer.TemporaryFailure<String> ignored ->
          named(peer, Client.UNKNOWN, NameStatus.TEMPORARY, Client.UNKNOWN, withPort);
      case Answer.NotFound<String> ignored -> peer;
      case Answer.Malformed<String> ignored -> peer;
      case Answer.Filtered<String> ignored -> peer;
    };
  }

  private Peer verified(Peer peer, InetAddress address, List<String> found, boolean withPort) {
    String name = found.getFirst();
    if (!HostSyntax.isHost(name)) {
      return peer;
    }
    String text = peer.client().address();
    return switch (names.hostAddresses(name)) {
      case Answer.Found<InetAddress>(List<InetAddress> addresses)
          when addresses.contains(address) ->
          named(peer, name, NameStatus.OK, name, withPort);
      case Answer.Found<InetAddress> ignored -> {
        log.warning("hostname " + name + " does not resolve to address " + text);
        yield named(peer, Client.UNKNOWN, NameStatus.FORGED, name, withPort);
      }
      case Answer.TemporaryFailure<InetAddress> ignored -> {
        log.warning("hostname " + name + " does not resolve to address " + text + ": " + TRY_AGAIN);
        yield named(peer, Client.UNKNOWN, NameStatus.TEMPORARY, name, withPort);
      }
      case Answer.NotFound<InetAddress> ignored -> forged(peer, name, UNKNOWN_NAME, withPort);
      case Answer.Malformed<InetAddress>(String why) -> forged(peer, name, why, withPort);
      case Answer.Filtered<InetAddress>(String why) -> forged(peer, name, why, withPort);
    };
  }

  private Peer forged(Peer peer, String name, String why, boolean withPort) {
    log.warning(
        "hostname "
            + name
            + " does not resolve to address "
            + peer.client().address()
            + ": "
            + why);
    return named(peer, Client.UNKNOWN, NameStatus.FORGED, name, withPort);
  }

  private static Peer named(
      Peer peer, String name, NameStatus status, String reverse, boolean withPort) {
    NameStatus reverseStatus = reverse.equals(Client.UNKNOWN) ? status : NameStatus.OK;
    Client before = peer.client();
    return new Peer(
        Peer.client(
            name, status, reverse, reverseStatus, before.address(), before.port(), withPort),
        peer.serverAddress(),
        peer.serverPort());
  }
}
