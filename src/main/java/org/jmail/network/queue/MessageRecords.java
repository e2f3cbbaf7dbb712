package org.jmail.network.queue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.ContentRecords;
import org.jmail.base.spool.QueueFileRecord;
import org.jmail.base.spool.QueueTools;

/// Tells a message in the records of a Postfix queue file (rec_type.h, qmgr_message.c), as postcat
/// shows them: there is no such file, but its readers know these names.
final class MessageRecords {

  private final StoredMessage message;
  private final List<QueueFileRecord> envelope = new ArrayList<>();

  private MessageRecords(StoredMessage message) {
    this.message = message;
  }

  static void send(
      StoredMessage message, String queueName, InputStream content, QueueTools.Records to)
      throws IOException {
    MessageRecords records = new MessageRecords(message);
    records.envelope();
    String id = message.id().toString();
    to.path(queueName + (queueName.equals("deferred") ? "/" + id.charAt(0) : "") + "/" + id);
    to.record(records.size());
    for (QueueFileRecord record : records.envelope) {
      to.record(record);
    }
    to.record(new QueueFileRecord('M', ""));
    ContentRecords.send(content, to);
    to.record(new QueueFileRecord('X', ""));
    if (message.envelope().body() != BodyType.UNSPECIFIED) {
      to.record(
          attribute(
              "encoding", message.envelope().body() == BodyType.EIGHT_BIT_MIME ? "8bit" : "7bit"));
    }
    to.record(new QueueFileRecord('E', ""));
  }

  private QueueFileRecord size() {
    int offset = 97 + envelope.stream().mapToInt(QueueFileRecord::fileSize).sum() + 2;
    String text =
        String.format(
            "%15d %15d %15d %15d %15d %15d",
            message.size(), offset, message.recipients().size(), 0, message.size(), 0);
    return new QueueFileRecord('C', text);
  }

  private void envelope() {
    Instant arrival = message.arrival();
    envelope.add(
        new QueueFileRecord('T', arrival.getEpochSecond() + " " + arrival.getNano() / 1_000));
    envelope.add(attribute("create_time", Long.toString(arrival.getEpochSecond())));
    DsnOptions dsn = message.envelope().dsn();
    optional("envelope_id", dsn.envid());
    if (dsn.ret() != DsnOptions.Ret.UNSPECIFIED) {
      envelope.add(attribute("ret_flags", dsn.ret() == DsnOptions.Ret.FULL ? "1" : "2"));
    }
    origin(message.origin());
    if (!message.options().contentFilter().isEmpty()) {
      envelope.add(new QueueFileRecord('L', message.options().contentFilter()));
    }
    envelope.add(new QueueFileRecord('S', message.envelope().sender().toString()));
    if (!dsn.verp().isEmpty()) {
      envelope.add(new QueueFileRecord('V', dsn.verp()));
    }
    for (StoredRecipient stored : message.recipients()) {
      Recipient recipient = stored.recipient();
      if (!recipient.notifyOn().isEmpty()) {
        int flags = recipient.notifyOn().stream().mapToInt(MessageRecords::flag).sum();
        envelope.add(attribute("notify_flags", Integer.toString(flags)));
      }
      optional("dsn_orig_rcpt", recipient.dsnOrcpt());
      if (!recipient.original().isEmpty()) {
        envelope.add(new QueueFileRecord('O', recipient.original()));
      }
      envelope.add(new QueueFileRecord('R', recipient.address().toString()));
    }
    if (!message.options().redirect().isEmpty()) {
      envelope.add(new QueueFileRecord('>', message.options().redirect()));
    }
  }

  private void origin(Origin origin) {
    optional("log_client_name", origin.clientName());
    optional("log_client_address", origin.clientAddress());
    optional("log_client_port", origin.clientPort());
    optional("log_helo_name", origin.helo());
    optional("log_protocol_name", origin.protocol());
    envelope.add(
        attribute("log_message_origin", origin.clientName().isEmpty() ? "local" : "network"));
    optional("sasl_method", origin.saslMethod());
    optional("sasl_username", origin.saslUsername());
    optional("sasl_sender", origin.saslSender());
    envelope.add(attribute("rewrite_context", origin.local() ? "local" : "remote"));
  }

  /// DSN_NOTIFY_* of dsn_mask.h.
  private static int flag(Recipient.Notify wish) {
    return switch (wish) {
      case NEVER -> 1;
      case SUCCESS -> 2;
      case FAILURE -> 4;
      case DELAY -> 8;
    };
  }

  private void optional(String name, String value) {
    if (!value.isEmpty()) {
      envelope.add(attribute(name, value));
    }
  }

  private static QueueFileRecord attribute(String name, String value) {
    return new QueueFileRecord('A', name + "=" + value);
  }
}
