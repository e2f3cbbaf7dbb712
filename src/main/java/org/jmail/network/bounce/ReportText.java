package org.jmail.network.bounce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.maillog.Printable;
import org.jmail.base.message.MailDate;
import org.jmail.base.message.Recipient;
import org.jmail.base.notice.BounceTemplate;
import org.jmail.base.notice.BounceTemplate.Kind;
import org.jmail.base.notice.Notices;
import org.jmail.base.table.Utf8;

/// The text of one notification around the message that it returns (RFC 3462, 3464, 6533; Postfix
/// bounce_notify_util.c). Confined to one thread.
final class ReportText {

  private static final int WIDTH = 79;

  private final BounceSettings settings;
  private final Report report;
  private final Instant now;
  private final Notices.Notice notice;
  private final String boundary;
  private final boolean utf8Asked;
  private final StringBuilder text = new StringBuilder();

  ReportText(BounceSettings settings, Report report, Instant now) {
    this.settings = settings;
    this.report = report;
    this.now = now;
    this.notice = settings.notices().of(report.kind());
    this.boundary = report.about().id() + "." + now.getEpochSecond() + "/" + settings.myhostname();
    this.utf8Asked = report.about().envelope().smtpUtf8();
  }

  /// All that comes before the message.
  ///
  /// @param messageId of the message, to refer to; empty for none
  /// @param headersOnly whether the headers alone follow
  byte[] before(String messageId, boolean headersOnly) {
    headers(messageId);
    notification();
    status();
    returned(headersOnly);
    return text.toString().getBytes(ISO_8859_1);
  }

  /// All that comes after it.
  byte[] after() {
    return ("\n--" + boundary + "--\n").getBytes(ISO_8859_1);
  }

  private void headers(String messageId) {
    BounceTemplate template = notice.template();
    boolean copy = report.postmaster() && !template.postmasterSubject().isEmpty();
    line("Date: " + MailDate.of(now, settings.zone()));
    line("From: " + template.from());
    line("Subject: " + (copy ? template.postmasterSubject() : template.subject()));
    line("To: " + AddressQuoting.quote822(report.to()));
    if (!messageId.isEmpty()) {
      line("References: " + messageId);
      line("In-Reply-To: " + messageId);
    }
    // RFC 3834 section 5.
    line("Auto-Submitted: " + (report.postmaster() ? "auto-generated" : "auto-replied"));
    line("MIME-Version: 1.0");
    line("Content-Type: multipart/report; report-type=delivery-status;");
    line("\tboundary=\"" + boundary + "\"");
    String encoding = encoding();
    if (!encoding.isEmpty()) {
      boolean templateDecides = encoding.equals("7bit") && template.isEightBit();
      line("Content-Transfer-Encoding: " + (templateDecides ? "8bit" : encoding));
    }
    line("");
    line("This is a MIME-encapsulated message.");
  }

  /// Addresses and names may be 8-bit when smtputf8_enable; else what the message is.
  private String encoding() {
    if (settings.utf8()) {
      return "8bit";
    }
    return switch (report.about().envelope().body()) {
      case EIGHT_BIT_MIME -> "8bit";
      case SEVEN_BIT -> "7bit";
      case UNSPECIFIED -> "";
    };
  }

  private boolean eightBit() {
    return encoding().equals("8bit");
  }

  private void notification() {
    part("Notification");
    BounceTemplate template = notice.template();
    String charset = template.isAscii() ? (eightBit() ? "utf-8" : "us-ascii") : template.charset();
    line("Content-Type: text/plain; charset=" + charset);
    if (eightBit()) {
      line("Content-Transfer-Encoding: 8bit");
    }
    line("");
    if (!report.postmaster()) {
      notice.text().forEach(this::line);
    }
    for (Report.Entry entry : report.entries()) {
      line("");
      String original = original(entry.recipient());
      wrapped(
          "<"
              + address(entry.recipient())
              + (original.isEmpty() ? ">: " : "> (expanded from <" + original + ">): ")
              + entry.why().text());
    }
  }

  private void status() {
    part("Delivery report");
    line("Content-Type: message/" + (utf8Asked ? "global-" : "") + "delivery-status");
    if (eightBit() && utf8Asked) {
      line("Content-Transfer-Encoding: 8bit");
    }
    line("");
    line("Reporting-MTA: dns; " + settings.myhostname());
    String envid = report.about().envelope().dsn().envid();
    if (!envid.isEmpty()) {
      line("Original-Envelope-Id: " + Printable.of(envid));
    }
    line("X-" + settings.atom() + "-Queue-ID: " + report.about().id());
    String sender = sender();
    line("X-" + settings.atom() + "-Sender: " + type(sender) + sender);
    line("Arrival-Date: " + MailDate.of(report.about().arrival(), settings.zone()));
    report.entries().forEach(this::entry);
  }

  private void entry(Report.Entry entry) {
    Recipient recipient = entry.recipient();
    line("");
    line("Final-Recipient: " + type(address(recipient)) + address(recipient));
    if (!recipient.dsnOrcpt().isEmpty()) {
      line("Original-Recipient: " + Printable.of(recipient.dsnOrcpt()));
    } else if (!original(recipient).isEmpty()) {
      line("Original-Recipient: " + type(original(recipient)) + original(recipient));
    }
    line("Action: " + (report.kind() == Kind.FAILURE ? "failed" : entry.action()));
    line("Status: " + entry.why().code());
    if (entry.why().diagnosticText().isEmpty()) {
      wrapped("Diagnostic-Code: X-" + settings.atom() + "; " + entry.why().text());
    } else {
      wrapped(
          "Diagnostic-Code: " + entry.why().diagnosticType() + "; " + entry.why().diagnosticText());
    }
    if (report.kind() == Kind.DELAY) {
      Instant until = report.about().arrival().plus(settings.lifetime());
      line("Will-Retry-Until: " + MailDate.of(until, settings.zone()));
    }
  }

  private void returned(boolean headersOnly) {
    boolean undelivered = report.kind() == Kind.FAILURE || report.kind() == Kind.DELAY;
    part((undelivered ? "Undelivered " : "") + (headersOnly ? "Message Headers" : "Message"));
    if (utf8Asked) {
      line("Content-Type: message/" + (headersOnly ? "global-headers" : "global"));
    } else {
      line("Content-Type: " + (headersOnly ? "text/rfc822-headers" : "message/rfc822"));
    }
    if (eightBit()) {
      line("Content-Transfer-Encoding: 8bit");
    }
    line("");
    line("Return-Path: <" + sender() + ">");
  }

  private void part(String description) {
    line("");
    line("--" + boundary);
    line("Content-Description: " + description);
  }

  /// The address type before an address (RFC 6533 section 3): utf-8 only when the message came with
  /// SMTPUTF8.
  private String type(String address) {
    boolean ascii = address.chars().allMatch(c -> c < 0x80);
    return utf8Asked && !ascii && Utf8.isValid(address) ? "utf-8; " : "rfc822; ";
  }

  private String sender() {
    String sender = report.about().envelope().sender().toString();
    return Printable.of(
        AddressQuoting.quote822(
            sender.isEmpty() ? "MAILER-DAEMON@" + settings.myhostname() : sender));
  }

  private static String address(Recipient recipient) {
    return Printable.of(AddressQuoting.quote822(recipient.address().toString()));
  }

  /// What the recipient was before aliases, when it was something else.
  private static String original(Recipient recipient) {
    boolean none =
        recipient.original().isEmpty()
            || recipient.original().equalsIgnoreCase(recipient.address().toString());
    return none ? "" : Printable.of(AddressQuoting.quote822(recipient.original()));
  }

  private void wrapped(String line) {
    WrappedText.write(line, WIDTH, this::line);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
