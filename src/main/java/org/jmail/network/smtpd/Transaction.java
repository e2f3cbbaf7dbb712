package org.jmail.network.smtpd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.message.Recipient;
import org.jmail.network.smtpd.access.ErrorClass;

/// One mail transaction from MAIL to the end of its content (RFC 5321 section 3.3): what is known
/// of it, and which command may come when. Does nothing itself. Used by one thread.
final class Transaction {

  /// How far a message in chunks is (RFC 3030).
  enum Chunks {
    /// No BDAT so far.
    NONE,
    /// The last one was taken.
    GOING,
    /// One failed: the rest is read and dropped, up to LAST or RSET.
    FAILED
  }

  private Optional<Command.Mail> mail = Optional.empty();
  private Instant arrival = Instant.EPOCH;
  private String instance = "";
  private List<Recipient> recipients = new ArrayList<>(1);
  private long recipientOctets;
  private int refusedForNumber;
  private Chunks chunks = Chunks.NONE;

  /// The answer to a command that comes out of order; empty when it may come now.
  ///
  /// @param helloMissing whether smtpd_helo_required is not fulfilled
  Optional<Reply> outOfOrder(Verb verb, boolean helloMissing) {
    boolean begun = mail.isPresent();
    boolean inChunks = chunks != Chunks.NONE;
    return switch (verb) {
      case MAIL ->
          helloMissing
              ? policy("503 5.5.1 Error: send HELO/EHLO first")
              : begun
                  ? no("503 5.5.1 Error: nested MAIL command")
                  : inChunks ? no("503 5.5.1 Error: MAIL after BDAT") : Optional.empty();
      case RCPT ->
          !begun
              ? no("503 5.5.1 Error: need MAIL command")
              : inChunks ? no("503 5.5.1 Error: RCPT after BDAT") : Optional.empty();
      case DATA ->
          inChunks
              ? no("503 5.5.1 Error: DATA after BDAT")
              : recipients.isEmpty() ? noRecipients() : Optional.empty();
      case ETRN ->
          helloMissing
              ? policy("503 Error: send HELO/EHLO first")
              : begun ? no("503 Error: MAIL transaction in progress") : Optional.empty();
      case XCLIENT, XFORWARD, STARTTLS ->
          begun ? no("503 5.5.1 Error: MAIL transaction in progress") : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// The answer to content without recipients. Behind a MAIL it is no error of the protocol: the
  /// client could not know that all its recipients were refused (RFC 2920).
  Optional<Reply> noRecipients() {
    return mail.isPresent()
        ? Optional.of(Reply.of("554 5.5.1 Error: no valid recipients").untold())
        : no("503 5.5.1 Error: need RCPT command");
  }

  private static Optional<Reply> no(String text) {
    return Optional.of(Reply.of(text));
  }

  private static Optional<Reply> policy(String text) {
    return Optional.of(Reply.of(text).because(ErrorClass.POLICY));
  }

  void begin(Command.Mail command, Instant now, String name) {
    mail = Optional.of(command);
    arrival = now;
    instance = name;
  }

  void add(Command.Rcpt command) {
    String orcpt = command.orcpt().isEmpty() ? "rfc822;" + command.given() : command.orcpt();
    recipients.add(
        new Recipient(
            EmailAddress.parse(command.address()), command.address(), orcpt, command.notifyOn()));
    recipientOctets += RecipientSpace.cost(command);
  }

  /// What the recipients have taken of [RecipientSpace].
  long recipientOctets() {
    return recipientOctets;
  }

  /// Notes one recipient too many.
  ///
  /// @return how many there were before it
  int overshoot() {
    return refusedForNumber++;
  }

  /// Forgets all.
  void reset() {
    mail = Optional.empty();
    instance = "";
    recipients = new ArrayList<>(1);
    recipientOctets = 0;
    refusedForNumber = 0;
    chunks = Chunks.NONE;
  }

  void chunks(Chunks now) {
    chunks = now;
  }

  Chunks chunks() {
    return chunks;
  }

  boolean isBegun() {
    return mail.isPresent();
  }

  /// What MAIL said; empty before it.
  Optional<Command.Mail> mail() {
    return mail;
  }

  /// The sender in internal form; empty before MAIL, the empty string for `<>`.
  Optional<String> sender() {
    return mail.map(Command.Mail::sender);
  }

  /// When MAIL came.
  Instant arrival() {
    return arrival;
  }

  /// A name of this transaction for policy services; empty before MAIL.
  String instance() {
    return instance;
  }

  List<Recipient> recipients() {
    return Collections.unmodifiableList(recipients);
  }

  /// The first recipient in internal form.
  Optional<String> firstRecipient() {
    return recipients.isEmpty()
        ? Optional.empty()
        : Optional.of(recipients.getFirst().address().toString());
  }
}
