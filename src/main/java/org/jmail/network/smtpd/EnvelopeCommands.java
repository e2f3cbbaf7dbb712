package org.jmail.network.smtpd;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jmail.base.table.TableException;
import org.jmail.network.queue.QueueFullException;
import org.jmail.network.smtpd.access.AccessRequest;
import org.jmail.network.smtpd.access.ErrorClass;
import org.jmail.network.smtpd.access.Stage;

/// MAIL, RCPT, VRFY and ETRN: asks whether the sender, the recipient may be, and notes them. Used
/// by one thread.
final class EnvelopeCommands {

  private static final Reply NOT_ASCII =
      Reply.of("553 5.6.7 Must declare SMTPUTF8 to send unicode address").untold();
  private static final Reply FULL =
      Reply.of("452 4.3.1 Insufficient system storage").because(ErrorClass.RESOURCE);

  private static final long PID = ProcessHandle.current().pid();

  private final Session session;
  private final ClientLimits tickets;
  private long sequence;

  EnvelopeCommands(Session session, ClientLimits tickets) {
    this.session = session;
    this.tickets = tickets;
  }

  Reply mail(Command.Mail given) throws IOException {
    Command.Mail mail = probeSender(given.sender()).map(given::from).orElse(given);
    if (tickets.mailRefused()) {
      return Reply.of("450 4.7.1 Error: too much mail from " + session.peer().client().address())
          .because(ErrorClass.POLICY);
    }
    if (!valid(Optional.empty(), mail.sender(), mail.smtpUtf8())) {
      return badAddress(Verb.MAIL, mail.written());
    }
    SmtpdSettings.Limits limits = session.settings().limits();
    if (limits.messageSize() > 0 && mail.size() > limits.messageSize()) {
      return refused(
          Reply.of("552 5.3.4 Message size exceeds fixed limit").because(ErrorClass.POLICY),
          Optional.of(mail.sender()),
          mail.size());
    }
    if (mail.sender().isEmpty() && !mail.dsn().verp().isEmpty()) {
      return Reply.of("503 5.5.4 Error: XVERP requires non-null sender").untold();
    }
    AccessRequest.Mail asked =
        session.mail(Optional.of(mail.sender()), Optional.empty(), mail.size());
    Optional<Reply> refusal = session.check(Stage.MAIL, session.request(withUtf8(asked, mail)));
    if (refusal.isEmpty() && !session.service().standAlone()) {
      refusal = session.service().rewriting().decide(session);
    }
    if (refusal.isEmpty() && isUndeclared(mail.sender(), mail.smtpUtf8())) {
      return NOT_ASCII;
    }
    if (refusal.isEmpty() && session.service().isQueueFull(session)) {
      refusal = Optional.of(refused(FULL, Optional.empty(), mail.size()));
    }
    if (refusal.isPresent()) {
      session.reset();
      return refusal.get();
    }
    Instant now = Instant.now();
    session.transaction().begin(mail, now, instance(now));
    if (!session.settings().envelope().delayOpen()) {
      Optional<Reply> full = open();
      if (full.isPresent()) {
        session.reset();
        return full.get();
      }
    }
    return Reply.of("250 2.1.0 Ok");
  }

  private static AccessRequest.Mail withUtf8(AccessRequest.Mail asked, Command.Mail mail) {
    return new AccessRequest.Mail(
        asked.sender(),
        asked.recipient(),
        asked.recipientCount(),
        asked.size(),
        asked.queueId(),
        asked.instance(),
        mail.smtpUtf8());
  }

  /// A refusal of our own, in the log as those of restrictions are.
  private Reply refused(Reply reply, Optional<String> sender, long size) {
    AccessRequest.Mail asked = session.mail(sender, Optional.empty(), size);
    session
        .log()
        .info(session.service().accessLog().line(session.request(asked), "reject", reply.text()));
    return reply;
  }

  /// A name for this transaction: process, time and a number.
  private String instance(Instant now) {
    return Long.toHexString(PID)
        + "."
        + Long.toHexString(now.getEpochSecond())
        + "."
        + Integer.toHexString(now.getNano() / 1000)
        + "."
        + Long.toHexString(sequence++);
  }

  /// The address without the time in it when it is the sender of address probes.
  private Optional<String> probeSender(String address) {
    return session.service().probes().flatMap(probes -> probes.recognize(address));
  }

  Reply recipient(Command.Rcpt given) throws IOException {
    if (tickets.recipientRefused()) {
      return tooManyRecipients();
    }
    // Whoever asks whether the sender of our probes exists must not be refused: he would refuse the
    // probe, and we would remember that.
    Optional<String> probe = probeSender(given.address());
    Command.Rcpt rcpt = probe.map(given::to).orElse(given);
    Transaction transaction = session.transaction();
    boolean utf8 = transaction.mail().map(Command.Mail::smtpUtf8).orElse(false);
    if (!valid(transaction.sender(), rcpt.address(), utf8)) {
      return badAddress(Verb.RCPT, rcpt.written());
    }
    SmtpdSettings.Limits limits = session.settings().limits();
    if (transaction.recipients().size() >= limits.recipients()) {
      return oneTooMany(transaction);
    }
    if (isUndeclared(rcpt.address(), utf8)) {
      return NOT_ASCII;
    }
    Optional<Reply> refusal =
        probe.isPresent()
            ? Optional.empty()
            : session.check(Stage.RCPT, session.request(session.mail(Optional.of(rcpt.address()))));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (session.delivery().isEmpty()) {
      Optional<Reply> full = open();
      if (full.isPresent()) {
        return full.get();
      }
    }
    if (!session
        .service()
        .recipients()
        .take(transaction.recipientOctets(), RecipientSpace.cost(rcpt))) {
      session
          .log()
          .warning(
              session.queueId()
                  + ": no memory for more than "
                  + transaction.recipients().size()
                  + " recipients from "
                  + session.label());
      return oneTooMany(transaction);
    }
    transaction.add(rcpt);
    return Reply.of("250 2.1.5 Ok");
  }

  /// RFC 5321 section 4.5.3.1.10: the client sends to those it was told are good, and comes again
  /// for the rest.
  private Reply oneTooMany(Transaction transaction) {
    Reply reply = Reply.of("452 4.5.3 Error: too many recipients");
    boolean forgiven = transaction.overshoot() < session.settings().limits().overshoot();
    return forgiven ? reply.forgiven() : reply.because(ErrorClass.POLICY);
  }

  private Reply tooManyRecipients() {
    return Reply.of(
            "450 4.7.1 Error: too many recipients from " + session.peer().client().address())
        .because(ErrorClass.POLICY);
  }

  /// Gives the message its queue id.
  private Optional<Reply> open() {
    try {
      Delivery delivery = session.service().sink().open(session);
      session.delivery(delivery);
    } catch (QueueFullException e) {
      session.service().space().doubt();
      session.log().warning("queue file system: " + e.getMessage());
      return Optional.of(FULL);
    } catch (IOException e) {
      session.log().warning("queue: " + e.getMessage());
      return Optional.of(
          Reply.of("451 4.3.0 Error: queue file write error").because(ErrorClass.RESOURCE));
    }
    Forwarded forwarded = session.forwarded();
    session
        .log()
        .info(
            session.queueId()
                + ": client="
                + session.label()
                + login(session.login())
                + submitter()
                + forwarded.ident().map(id -> ", orig_queue_id=" + id).orElse("")
                + (forwarded.clientGiven() ? ", orig_client=" + forwarded.label() : ""));
    return Optional.empty();
  }

  private String submitter() {
    return session
        .transaction()
        .mail()
        .map(Command.Mail::submitter)
        .filter(name -> !name.isEmpty())
        .map(name -> ", sasl_sender=" + name)
        .orElse("");
  }

  private static String login(AccessRequest.Login login) {
    return login.username().isEmpty()
        ? ""
        : ", sasl_method=" + login.method() + ", sasl_username=" + login.username();
  }

  Reply verify(Command.Vrfy vrfy) {
    if (tickets.recipientRefused()) {
      return tooManyRecipients();
    }
    if (!valid(session.transaction().sender(), vrfy.address(), vrfy.smtpUtf8())) {
      return badAddress(Verb.VRFY, vrfy.given());
    }
    if (isUndeclared(vrfy.address(), vrfy.smtpUtf8())) {
      return NOT_ASCII;
    }
    return session
        .check(Stage.RCPT, session.request(session.mail(Optional.of(vrfy.address()))))
        .orElseGet(() -> Reply.of("252 2.0.0 " + printable(vrfy.given())));
  }

  private static String printable(String given) {
    return org.jmail.base.maillog.Printable.of(given);
  }

  Reply turn(Command.Etrn etrn) {
    if (session.service().standAlone()) {
      session.log().warning("do not use ETRN in \"sendmail -bs\" mode");
      return Reply.of("458 Unable to queue messages").untold();
    }
    AccessRequest asked = session.request(session.mail(Optional.empty()));
    AccessRequest request =
        new AccessRequest(
            asked.command(),
            asked.client(),
            asked.dialogue(),
            asked.mail(),
            Optional.of(etrn.domain()));
    Optional<Reply> refusal = session.check(Stage.ETRN, request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return switch (session.service().sink().flush(etrn.domain())) {
      case STARTED -> Reply.of("250 Queuing started");
      case DENIED -> {
        session.log().warning("reject: ETRN " + etrn.domain() + "... from " + session.label());
        yield Reply.of("459 <" + etrn.domain() + ">: service unavailable").untold();
      }
      case FAILED -> Reply.of("458 Unable to queue messages").untold();
    };
  }

  private boolean isUndeclared(String address, boolean smtpUtf8) {
    return session.settings().envelope().strictUtf8()
        && !smtpUtf8
        && address.chars().anyMatch(c -> c > 0x7f);
  }

  /// Whether an address can be that of somebody. When tables cannot tell, the restrictions will say
  /// so.
  private boolean valid(Optional<String> sender, String address, boolean smtpUtf8) {
    if (address.isEmpty()) {
      return true;
    }
    try {
      return session.service().addresses().isValid(sender.orElse(""), address, smtpUtf8);
    } catch (TableException e) {
      session.log().warning(String.valueOf(e.getMessage()));
      return true;
    }
  }

  private Reply badAddress(Verb verb, String given) {
    Command.Bad bad = session.parser().badAddress(verb, new Word(given, false));
    bad.warning().ifPresent(session.log()::warning);
    return bad.reply();
  }
}
