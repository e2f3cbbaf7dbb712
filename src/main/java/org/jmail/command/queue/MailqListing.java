package org.jmail.command.queue;

import java.io.IOException;
import java.util.Locale;
import org.jmail.base.address.AddressParser;
import org.jmail.base.spool.ListedMessage;
import org.jmail.base.spool.ListedRecipient;
import org.jmail.base.spool.QueueTools;

/// Sendmail's queue listing as Postfix prints it (showq_compat.c). Holds one message's line at a
/// time, however long the queue is.
final class MailqListing implements QueueTools.Listing {

  private static final int RIGHT = 76;

  private final OctetOutput out;
  private final boolean longIds;
  private long messages;
  private long octets;
  private String reason = "";

  /// @param longIds enable_long_queue_ids: wider columns
  MailqListing(OctetOutput out, boolean longIds) {
    this.out = out;
    this.longIds = longIds;
  }

  @Override
  public void message(ListedMessage message) throws IOException {
    if (messages > 0) {
      out.print("\n");
    } else if (longIds) {
      line("----Queue ID-----", "--Size--", "---Arrival Time----", "--Sender/Recipient------");
    } else {
      line("-Queue ID-", "--Size--", "----Arrival Time----", "-Sender/Recipient-------");
    }
    messages++;
    octets += message.size();
    reason = "";
    String mark =
        switch (message.queueName()) {
          case "active" -> "*";
          case "hold" -> "!";
          default -> "";
        };
    String sender =
        message.sender().isEmpty() ? "MAILER-DAEMON" : AddressParser.quote(message.sender());
    line(
        message.id() + mark + (message.forcedExpire() ? "#" : ""),
        Long.toString(message.size()),
        Printable.time(message.arrival()).substring(0, longIds ? 19 : 20),
        Printable.text(sender));
  }

  private void line(String id, String size, String time, String address) throws IOException {
    String format = longIds ? "%-17s %8s %-19s %s\n" : "%-11s %7s %-20s %s\n";
    out.print(String.format(Locale.ROOT, format, id, size, time, address));
  }

  /// The reason stands once before all recipients in a row that share it.
  @Override
  public void recipient(ListedRecipient recipient) throws IOException {
    if (!reason.equals(recipient.reason())) {
      reason = recipient.reason();
      String shown = reason.isEmpty() ? "reason unavailable" : Printable.text(reason);
      out.print(" ".repeat(Math.max(0, RIGHT - shown.length())) + "(" + shown + ")\n");
    }
    line("", "", "", Printable.text(AddressParser.quote(recipient.address())));
  }

  /// The summary.
  void end() throws IOException {
    if (messages == 0) {
      out.print("Mail queue is empty\n");
    } else {
      out.print(
          "\n-- "
              + octets / 1024
              + " Kbytes in "
              + messages
              + " Request"
              + (messages == 1 ? "" : "s")
              + ".\n");
    }
    out.flush();
  }
}
