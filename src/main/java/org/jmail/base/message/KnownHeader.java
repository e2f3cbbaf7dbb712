package org.jmail.base.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The headers that mail handling knows something about (Postfix header_opts.c).
public enum KnownHeader {
  APPARENTLY_TO("Apparently-To", Kind.RECIPIENT, false),
  BCC("Bcc", Kind.RECIPIENT, true),
  CC("Cc", Kind.RECIPIENT, true),
  CONTENT_DESCRIPTION("Content-Description", Kind.MIME, false),
  CONTENT_DISPOSITION("Content-Disposition", Kind.MIME, false),
  CONTENT_ID("Content-ID", Kind.MIME, false),
  CONTENT_LENGTH("Content-Length", Kind.OTHER, false),
  CONTENT_TRANSFER_ENCODING("Content-Transfer-Encoding", Kind.MIME, false),
  CONTENT_TYPE("Content-Type", Kind.MIME, false),
  DELIVERED_TO("Delivered-To", Kind.OTHER, false),
  DISPOSITION_NOTIFICATION_TO("Disposition-Notification-To", Kind.SENDER, false),
  DATE("Date", Kind.OTHER, false),
  ERRORS_TO("Errors-To", Kind.SENDER, false),
  FROM("From", Kind.SENDER, false),
  MAIL_FOLLOWUP_TO("Mail-Followup-To", Kind.SENDER, false),
  MESSAGE_ID("Message-Id", Kind.OTHER, false),
  MIME_VERSION("MIME-Version", Kind.MIME, false),
  RECEIVED("Received", Kind.OTHER, false),
  REPLY_TO("Reply-To", Kind.SENDER, false),
  RESENT_BCC("Resent-Bcc", Kind.RECIPIENT, true),
  RESENT_CC("Resent-Cc", Kind.RECIPIENT, true),
  RESENT_DATE("Resent-Date", Kind.OTHER, false),
  RESENT_FROM("Resent-From", Kind.SENDER, false),
  RESENT_MESSAGE_ID("Resent-Message-Id", Kind.OTHER, false),
  RESENT_REPLY_TO("Resent-Reply-To", Kind.RECIPIENT, false),
  RESENT_SENDER("Resent-Sender", Kind.SENDER, false),
  RESENT_TO("Resent-To", Kind.RECIPIENT, true),
  RETURN_PATH("Return-Path", Kind.SENDER, false),
  RETURN_RECEIPT_TO("Return-Receipt-To", Kind.SENDER, false),
  SENDER("Sender", Kind.SENDER, false),
  TO("To", Kind.RECIPIENT, true);

  /// What a header's value is.
  public enum Kind {
    /// Addresses of senders: rewritten as senders are.
    SENDER,
    /// Addresses of recipients.
    RECIPIENT,
    /// About the content (RFC 2045): mime_header_checks see it, wherever it stands.
    MIME,
    /// Anything else.
    OTHER
  }

  private static final Map<String, KnownHeader> BY_NAME = byName();

  private final String label;
  private final Kind kind;
  private final boolean namesRecipients;

  KnownHeader(String label, Kind kind, boolean namesRecipients) {
    this.label = label;
    this.kind = kind;
    this.namesRecipients = namesRecipients;
  }

  /// The name as Postfix writes it.
  public String label() {
    return label;
  }

  /// What its value is.
  public Kind kind() {
    return kind;
  }

  /// Whether `sendmail -t` takes recipients from it.
  public boolean namesRecipients() {
    return namesRecipients;
  }

  /// Whether it belongs to the block that resending adds (RFC 5322 section 3.6.6) and that makes
  /// what is missing be completed as `Resent-`. Resent-Bcc and Resent-Reply-To count too.
  public boolean isResent() {
    return label.startsWith("Resent-");
  }

  /// The header of this name, in any case.
  public static Optional<KnownHeader> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  private static Map<String, KnownHeader> byName() {
    Map<String, KnownHeader> byName = new HashMap<>();
    for (KnownHeader header : values()) {
      byName.put(header.label.toLowerCase(Locale.ROOT), header);
    }
    return Map.copyOf(byName);
  }
}
