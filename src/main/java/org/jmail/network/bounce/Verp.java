package org.jmail.network.bounce;

import org.jmail.base.message.Envelope;
import org.jmail.base.message.Recipient;

/// Variable envelope return paths: the recipient's address within the sender's, so that whoever
/// gets a bounce knows whom it is about (Postfix verp_sender.c).
public final class Verp {

  private Verp() {}

  /// `prefix+user=domain@origin` for the sender `prefix@origin`, with the delimiters that the
  /// envelope names; the recipient is what it was before aliases.
  public static String sender(Envelope envelope, Recipient to) {
    String delimiters = envelope.dsn().verp();
    String sender = envelope.sender().toString();
    String recipient = to.original().isEmpty() ? to.address().toString() : to.original();
    int senderAt = at(sender);
    int recipientAt = at(recipient);
    StringBuilder path = new StringBuilder(sender.substring(0, senderAt));
    path.append(delimiters.charAt(0)).append(recipient, 0, recipientAt);
    if (recipientAt + 1 < recipient.length()) {
      path.append(delimiters.charAt(1)).append(recipient, recipientAt + 1, recipient.length());
    }
    return path.append(sender.substring(senderAt)).toString();
  }

  private static int at(String address) {
    int at = address.lastIndexOf('@');
    return at < 0 ? address.length() : at;
  }
}
