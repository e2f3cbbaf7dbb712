package org.jmail.network.cleanup;

import org.jmail.base.address.AddressQuoting;
import org.jmail.base.address.ReversePath;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Origin;
import org.jmail.base.spool.QueueId;

/// The log lines of content checks (Postfix cleanup_act_log): what was done to which header or
/// line, and whose message it is. The log escapes them.
record ActionLog(MailLog log, QueueId id, Origin origin, EnvelopeRewriter envelope) {

  private static final int SHOWN = 200;
  private static final int MIME_SHOWN = 100;

  /// @param action in lower case
  /// @param what `header`, `body` or `content`
  /// @param words what the table says more; may be empty
  void write(String action, String what, String text, String words) {
    StringBuilder line = new StringBuilder();
    line.append(id).append(": ").append(action).append(": ").append(what).append(' ');
    line.append(text, 0, Math.min(SHOWN, text.length()));
    line.append(" from ").append(client()).append("; from=<");
    line.append(sender()).append('>');
    if (!envelope.lastRecipient().isEmpty()) {
      line.append(" to=<").append(AddressQuoting.quote822(envelope.lastRecipient())).append('>');
    }
    if (!origin.protocol().isEmpty()) {
      line.append(" proto=").append(origin.protocol());
    }
    if (!origin.helo().isEmpty()) {
      line.append(" helo=<").append(origin.helo()).append('>');
    }
    if (!words.isEmpty()) {
      line.append(": ").append(words);
    }
    log.info(line.toString());
  }

  /// A message whose MIME structure is refused.
  void mimeError(String error, String text) {
    String sender = sender();
    String recipient = AddressQuoting.quote822(envelope.lastRecipient());
    String shown = text.substring(0, Math.min(MIME_SHOWN, text.length()));
    log.info(
        "%s: reject: mime-error %s: %s from %s; from=<%s> to=<%s>"
            .formatted(id, error, shown, client(), sender, recipient));
  }

  void warning(String text) {
    log.warning(id + ": " + text);
  }

  private String sender() {
    ReversePath sender = envelope.sender();
    return sender.isNull() ? "" : AddressQuoting.quote822(sender.toString());
  }

  private String client() {
    return origin.clientAddress().isEmpty()
        ? "local"
        : origin.clientName() + "[" + origin.clientAddress() + "]";
  }
}
