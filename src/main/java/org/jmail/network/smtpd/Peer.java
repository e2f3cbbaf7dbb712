package org.jmail.network.smtpd;

import org.jmail.network.smtpd.access.Client;
import org.jmail.network.smtpd.access.NameStatus;

/// Who is at the other end, and which of our addresses he called (Postfix smtpd_peer.c).
///
/// @param serverAddress and `serverPort`: `unknown` when nobody can tell
record Peer(Client client, String serverAddress, String serverPort) {

  /// A program of this machine, on no network.
  static Peer local() {
    String address = "127.0.0.1";
    return new Peer(
        new Client(
            "localhost",
            NameStatus.OK,
            "localhost",
            NameStatus.OK,
            address,
            "0",
            Client.label("localhost", address)),
        address,
        "0");
  }

  /// Nobody knows who.
  static Peer unknown() {
    return at(Client.UNKNOWN, Client.UNKNOWN, Client.UNKNOWN, Client.UNKNOWN, false);
  }

  /// A client whose name has not been looked up.
  ///
  /// @param withPort smtpd_client_port_logging
  static Peer at(
      String address, String port, String serverAddress, String serverPort, boolean withPort) {
    return new Peer(
        client(
            Client.UNKNOWN,
            NameStatus.PERMANENT,
            Client.UNKNOWN,
            NameStatus.PERMANENT,
            address,
            port,
            withPort),
        serverAddress,
        serverPort);
  }

  static Client client(
      String name,
      NameStatus nameStatus,
      String reverseName,
      NameStatus reverseStatus,
      String address,
      String port,
      boolean withPort) {
    String label = Client.label(name, address) + (withPort ? ":" + port : "");
    return new Client(name, nameStatus, reverseName, reverseStatus, address, port, label);
  }

  /// The address as headers have it (RFC 5321 section 4.1.3).
  static String literal(String address) {
    return address.indexOf(':') >= 0 ? "IPv6:" + address : address;
  }
}
