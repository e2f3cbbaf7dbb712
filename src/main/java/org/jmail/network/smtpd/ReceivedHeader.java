package org.jmail.network.smtpd;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.message.MailDate;
import org.jmail.base.message.Recipient;
import org.jmail.network.smtpd.access.Client;

/// The trace header of a message that came by SMTP (RFC 5321 section 4.4), in Postfix's words.
final class ReceivedHeader {

  private ReceivedHeader() {}

  /// With LF between its lines and none at its end.
  ///
  /// @param id the queue id
  static String of(Session session, Optional<String> id) {
    Client client = session.peer().client();
    Transaction transaction = session.transaction();
    boolean hidden = session.settings().envelope().hideClient();
    StringBuilder text = new StringBuilder(200).append("Received: ");
    if (!hidden) {
      text.append("from ").append(session.helo().orElse(client.name()));
      text.append(" (").append(client.name());
      text.append(" [").append(Peer.literal(client.address())).append("])\n\t");
    }
    text.append("by ").append(session.settings().myhostname());
    text.append(" (").append(session.settings().mailName()).append(')');
    if (!hidden) {
      boolean utf8 = transaction.mail().map(Command.Mail::smtpUtf8).orElse(false);
      text.append(" with ").append(protocol(session, utf8));
    }
    id.ifPresent(name -> text.append(" id ").append(name));
    String date = MailDate.of(transaction.arrival(), ZoneId.systemDefault());
    List<Recipient> recipients = transaction.recipients();
    if (recipients.size() == 1) {
      String recipient = recipients.getFirst().address().toString();
      text.append("\n\tfor <").append(AddressQuoting.quote822(recipient)).append(">; ");
      text.append(date);
    } else {
      text.append(";\n\t").append(date);
    }
    return text.toString();
  }

  /// RFC 3848, RFC 6531 section 4.3.
  private static String protocol(Session session, boolean utf8) {
    String name = utf8 ? "UTF8SMTP" : session.protocol();
    boolean authenticated =
        session.protocol().equals("ESMTP") && !session.login().username().isEmpty();
    return authenticated ? name + "A" : name;
  }
}
