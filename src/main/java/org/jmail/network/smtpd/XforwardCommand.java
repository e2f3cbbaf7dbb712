package org.jmail.network.smtpd;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmail.network.smtpd.access.Client;

/// XFORWARD: an authorized client, such as a content filter, says where the next message came from
/// (Postfix XFORWARD_README). For one command.
final class XforwardCommand {

  static final String OFFER = "NAME ADDR PROTO HELO SOURCE PORT IDENT";

  private static final int LONGEST_PROTOCOL = 64;

  private String name;
  private String address;
  private String port;
  private String protocol;
  private Optional<String> helo;
  private Optional<String> ident;
  private Optional<Boolean> local;
  private boolean clientGiven;

  /// @param before what an earlier XFORWARD said
  XforwardCommand(Forwarded before) {
    this.name = before.name();
    this.address = before.address();
    this.port = before.port();
    this.protocol = before.protocol();
    this.helo = before.helo();
    this.ident = before.ident();
    this.local = before.local();
    this.clientGiven = before.clientGiven();
  }

  /// Reads the arguments; the answer when they are not good.
  Optional<Reply> read(List<String> attributes) {
    return AttributeReader.read(attributes, this::take);
  }

  /// All that was said so far.
  ///
  /// @param withPort smtpd_client_port_logging
  Forwarded result(boolean withPort) {
    String label =
        address.equals(Client.UNKNOWN)
            ? name
            : Client.label(name, address) + (withPort ? ":" + port : "");
    return new Forwarded(
        true, clientGiven, name, address, port, label, helo, protocol, ident, local);
  }

  private Optional<Reply> take(String attribute, String given) {
    boolean unavailable = AttributeReader.isUnavailable(given);
    String value = HelloCommands.neutered(given);
    String key = attribute.toUpperCase(Locale.ROOT);
    if (!key.equals("IDENT") && !key.equals("SOURCE")) {
      clientGiven = true;
    }
    return switch (key) {
      case "NAME" -> {
        name = unavailable ? Client.UNKNOWN : value;
        yield unavailable || HostSyntax.isHost(value)
            ? Optional.empty()
            : AttributeReader.bad(key, value);
      }
      case "ADDR" -> {
        Optional<String> found =
            unavailable ? Optional.of(Client.UNKNOWN) : HostSyntax.address(value);
        address = found.orElse(Client.UNKNOWN);
        yield found.isPresent() ? Optional.empty() : AttributeReader.bad(key, value);
      }
      case "PORT" -> {
        port = unavailable ? Client.UNKNOWN : given;
        yield unavailable || AttributeReader.isPort(given)
            ? Optional.empty()
            : AttributeReader.bad(key, given);
      }
      case "HELO" -> {
        helo = unavailable ? Optional.empty() : Optional.of(value);
        yield Optional.empty();
      }
      case "PROTO" -> {
        protocol = unavailable ? Client.UNKNOWN : value;
        yield given.length() <= LONGEST_PROTOCOL
            ? Optional.empty()
            : AttributeReader.bad(key, given);
      }
      case "IDENT" -> {
        ident = unavailable ? Optional.empty() : Optional.of(value);
        yield Optional.empty();
      }
      case "SOURCE" -> {
        boolean here = unavailable || given.equalsIgnoreCase("LOCAL");
        local = Optional.of(here);
        yield here || given.equalsIgnoreCase("REMOTE")
            ? Optional.empty()
            : AttributeReader.bad(key, given);
      }
      default -> AttributeReader.unknown(Verb.XFORWARD, attribute);
    };
  }
}
