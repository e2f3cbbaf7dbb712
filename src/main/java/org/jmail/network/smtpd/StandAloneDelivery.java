package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.ReversePath;
import org.jmail.base.maillog.Printable;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.StandAloneSmtp.NotTakenException;
import org.jmail.base.spool.StandAloneSmtp.Submitter;
import org.jmail.base.spool.Submission;

/// A message of `sendmail -bs`, on the way of all mail that users submit. Its `Received:` header
/// names it as maildrop does, for its name in the queue is not known yet.
final class StandAloneDelivery implements Delivery {

  private final Submitter submitter;
  private final String id;
  private long octets;

  StandAloneDelivery(Submitter submitter) throws IOException {
    this.submitter = submitter;
    this.id = submitter.newId();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long octets() {
    return octets;
  }

  @Override
  public Reply accept(Session session, InputStream content, ContentTally tally) throws IOException {
    String received = ReceivedHeader.of(session, Optional.of(id)) + "\n";
    InputStream whole =
        new SequenceInputStream(new ByteArrayInputStream(received.getBytes(ISO_8859_1)), content);
    String name;
    try {
      name = submitter.submit(submission(session), whole);
    } catch (NotTakenException e) {
      session.log().warning(id + ": " + e.getMessage());
      return refused(e);
    }
    octets = tally.octets();
    boolean chunks = session.transaction().chunks() == Transaction.Chunks.GOING;
    return Reply.of(
        "250 2.0.0 Ok: " + (chunks ? octets + " bytes queued as " : "queued as ") + name);
  }

  private static Reply refused(NotTakenException e) {
    return Reply.of(
        (e.isPermanent() ? "550 5.7.1 Error: " : "451 4.3.0 Error: ")
            + Printable.of(String.valueOf(e.getMessage())));
  }

  private Submission submission(Session session) {
    Transaction transaction = session.transaction();
    Command.Mail mail = transaction.mail().orElseThrow();
    List<Submission.Addressee> recipients =
        transaction.recipients().stream().map(StandAloneDelivery::addressee).toList();
    return new Submission(
        id,
        Optional.of(ReversePath.parse(mail.sender())),
        Optional.of(""),
        recipients,
        mail.dsn(),
        mail.body(),
        mail.smtpUtf8(),
        false);
  }

  private static Submission.Addressee addressee(Recipient recipient) {
    return new Submission.Addressee(
        recipient.original(), recipient.notifyOn(), recipient.dsnOrcpt());
  }

  @Override
  public void close() {}
}
