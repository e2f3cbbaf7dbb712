package org.jmail.network.smtpd.access;

import java.util.Optional;

/// Whose name or address a restriction is about.
enum Party {
  CLIENT(ReplyClass.CLIENT),
  REVERSE_CLIENT(ReplyClass.REVERSE_CLIENT),
  HELO(ReplyClass.HELO),
  SENDER(ReplyClass.SENDER),
  RECIPIENT(ReplyClass.RECIPIENT);

  private final ReplyClass type;

  Party(ReplyClass type) {
    this.type = type;
  }

  ReplyClass type() {
    return type;
  }

  /// Its name or address; empty when it has none yet, or nobody knows it.
  Optional<String> value(AccessRequest request) {
    Client client = request.client();
    return switch (this) {
      case CLIENT -> client.hasName() ? Optional.of(client.name()) : Optional.empty();
      case REVERSE_CLIENT ->
          client.hasReverseName() ? Optional.of(client.reverseName()) : Optional.empty();
      case HELO -> request.dialogue().helo();
      case SENDER -> request.mail().sender().filter(sender -> !sender.isEmpty());
      case RECIPIENT -> request.mail().recipient().filter(recipient -> !recipient.isEmpty());
    };
  }

  /// What a table's refusal names: the client with its address.
  Subject subject(AccessRequest request, String value) {
    return new Subject(this == CLIENT ? request.client().label() : value, type);
  }
}
