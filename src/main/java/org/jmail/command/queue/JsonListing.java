package org.jmail.command.queue;

import java.io.IOException;
import org.jmail.base.address.AddressParser;
import org.jmail.base.spool.ListedMessage;
import org.jmail.base.spool.ListedRecipient;
import org.jmail.base.spool.QueueTools;

/// One JSON object a line and message (showq_json.c).
final class JsonListing implements QueueTools.Listing {

  private final OctetOutput out;
  private boolean inMessage;
  private boolean first;

  JsonListing(OctetOutput out) {
    this.out = out;
  }

  @Override
  public void message(ListedMessage message) throws IOException {
    end();
    inMessage = true;
    first = true;
    String sender =
        message.sender().isEmpty() ? "MAILER-DAEMON" : AddressParser.quote(message.sender());
    out.print(
        "{\"queue_name\": "
            + quoted(message.queueName())
            + ", \"queue_id\": "
            + quoted(message.id())
            + ", \"arrival_time\": "
            + message.arrival().getEpochSecond()
            + ", \"message_size\": "
            + message.size()
            + ", \"forced_expire\": "
            + message.forcedExpire()
            + ", \"sender\": "
            + quoted(sender)
            + ", \"recipients\": [");
  }

  @Override
  public void recipient(ListedRecipient recipient) throws IOException {
    out.print(
        (first ? "" : ", ") + "{\"address\": " + quoted(AddressParser.quote(recipient.address())));
    if (!recipient.reason().isEmpty()) {
      String name = recipient.failed() ? "bounce_reason" : "delay_reason";
      out.print(", \"" + name + "\": " + quoted(recipient.reason()));
    }
    out.print("}");
    first = false;
  }

  /// Ends the object of the last message.
  void end() throws IOException {
    if (inMessage) {
      out.print("]}\n");
      inMessage = false;
    }
  }

  private static String quoted(String octets) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : Printable.text(octets).toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c);
    }
    return json.append('"').toString();
  }
}
