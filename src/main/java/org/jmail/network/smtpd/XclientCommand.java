package org.jmail.network.smtpd;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmail.network.smtpd.access.AccessRequest;
import org.jmail.network.smtpd.access.Client;
import org.jmail.network.smtpd.access.NameStatus;

/// XCLIENT: an authorized client says that it is another (Postfix XCLIENT_README). For one command.
final class XclientCommand {

  static final String OFFER = "NAME ADDR PROTO HELO REVERSE_NAME PORT LOGIN DESTADDR DESTPORT";

  private final boolean withPort;
  private Client client;
  private String serverAddress;
  private String serverPort;
  private Optional<String> helo = Optional.empty();
  private boolean heloGiven;
  private Optional<String> protocol = Optional.empty();
  private AccessRequest.Login login = AccessRequest.Login.NONE;

  XclientCommand(Session session) {
    this.withPort = session.settings().names().withPort();
    this.client = session.peer().client();
    this.serverAddress = session.peer().serverAddress();
    this.serverPort = session.peer().serverPort();
  }

  /// Reads the arguments; the answer when they are not good.
  Optional<Reply> read(List<String> attributes) {
    return AttributeReader.read(attributes, this::take);
  }

  /// Makes the session that of the other client: as after a new connection, before hello.
  void apply(Session session) {
    session.reset();
    session.peer(new Peer(client, serverAddress, serverPort));
    session.helo(heloGiven ? helo : Optional.empty());
    session.login(login);
    session.protocol(protocol.orElse("SMTP"));
  }

  private Optional<Reply> take(String name, String value) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "NAME" -> name(value);
      case "REVERSE_NAME" -> reverseName(value);
      case "ADDR" -> address(value);
      case "PORT" -> port(value);
      case "HELO" -> helo(value);
      case "PROTO" -> protocol(value);
      case "LOGIN" -> login(value);
      case "DESTADDR" -> serverAddress(value);
      case "DESTPORT" -> serverPort(value);
      default -> AttributeReader.unknown(Verb.XCLIENT, name);
    };
  }

  /// The client is authenticated, whatever smtpd_sasl_auth_enable says, as in Postfix.
  private Optional<Reply> login(String value) {
    if (!AttributeReader.isUnavailable(value)) {
      login = new AccessRequest.Login(Verb.XCLIENT.name(), value, "");
    }
    return Optional.empty();
  }

  private Optional<Reply> name(String value) {
    NameStatus status = status(value);
    if (status == NameStatus.OK && !HostSyntax.isHost(value)) {
      return AttributeReader.bad("NAME", value);
    }
    boolean known = status == NameStatus.OK;
    update(
        known ? value : Client.UNKNOWN,
        status,
        known ? value : client.reverseName(),
        known ? status : client.reverseStatus(),
        client.address(),
        client.port());
    return Optional.empty();
  }

  private Optional<Reply> reverseName(String value) {
    NameStatus status = status(value);
    if (status == NameStatus.OK && !HostSyntax.isHost(value)) {
      return AttributeReader.bad("REVERSE_NAME", value);
    }
    update(
        client.name(),
        client.nameStatus(),
        status == NameStatus.OK ? value : Client.UNKNOWN,
        status,
        client.address(),
        client.port());
    return Optional.empty();
  }

  private static NameStatus status(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "[UNAVAILABLE]" -> NameStatus.PERMANENT;
      case "[TEMPUNAVAIL]" -> NameStatus.TEMPORARY;
      default -> NameStatus.OK;
    };
  }

  private Optional<Reply> address(String value) {
    Optional<String> address =
        AttributeReader.isUnavailable(value)
            ? Optional.of(Client.UNKNOWN)
            : HostSyntax.address(HelloCommands.neutered(value));
    if (address.isEmpty()) {
      return AttributeReader.bad("ADDR", HelloCommands.neutered(value));
    }
    update(
        client.name(),
        client.nameStatus(),
        client.reverseName(),
        client.reverseStatus(),
        address.get(),
        client.port());
    return Optional.empty();
  }

  private Optional<Reply> port(String value) {
    boolean unavailable = AttributeReader.isUnavailable(value);
    if (!unavailable && !AttributeReader.isPort(value)) {
      return AttributeReader.bad("PORT", value);
    }
    update(
        client.name(),
        client.nameStatus(),
        client.reverseName(),
        client.reverseStatus(),
        client.address(),
        unavailable ? Client.UNKNOWN : value);
    return Optional.empty();
  }

  private void update(
      String name,
      NameStatus status,
      String reverse,
      NameStatus reverseStatus,
      String address,
      String port) {
    client = Peer.client(name, status, reverse, reverseStatus, address, port, withPort);
  }

  private Optional<Reply> helo(String value) {
    heloGiven = true;
    if (AttributeReader.isUnavailable(value)) {
      helo = Optional.empty();
      return Optional.empty();
    }
    if (value.length() > HostSyntax.MAX_NAME) {
      return AttributeReader.bad("HELO", value);
    }
    helo = Optional.of(HelloCommands.neutered(value));
    return Optional.empty();
  }

  private Optional<Reply> protocol(String value) {
    String name = value.toUpperCase(Locale.ROOT);
    if (!name.equals("SMTP") && !name.equals("ESMTP")) {
      return AttributeReader.bad("PROTO", value);
    }
    protocol = Optional.of(name);
    return Optional.empty();
  }

  private Optional<Reply> serverAddress(String value) {
    Optional<String> address =
        AttributeReader.isUnavailable(value)
            ? Optional.of(Client.UNKNOWN)
            : HostSyntax.address(HelloCommands.neutered(value));
    if (address.isEmpty()) {
      return AttributeReader.bad("DESTADDR", HelloCommands.neutered(value));
    }
    serverAddress = address.get();
    return Optional.empty();
  }

  private Optional<Reply> serverPort(String value) {
    boolean unavailable = AttributeReader.isUnavailable(value);
    if (!unavailable && !AttributeReader.isPort(value)) {
      return AttributeReader.bad("DESTPORT", value);
    }
    serverPort = unavailable ? Client.UNKNOWN : value;
    return Optional.empty();
  }
}
