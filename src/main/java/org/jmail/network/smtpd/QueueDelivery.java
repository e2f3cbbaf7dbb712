package org.jmail.network.smtpd;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Origin;
import org.jmail.network.cleanup.AccessActions;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.cleanup.CleanupOutcome;
import org.jmail.network.cleanup.CleanupRequest;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.smtpd.access.Client;
import org.jmail.network.smtpd.access.Effects;
import org.jmail.network.smtpd.access.ErrorClass;
import org.jmail.network.smtpd.access.Stage;

/// A message on its way through cleanup into the queue. What it is answered with tells the client
/// that the message is ours only when it is on disk.
final class QueueDelivery implements Delivery {

  private final QueueStore.Draft draft;
  private final Cleanup cleanup;
  private long octets;

  QueueDelivery(QueueStore.Draft draft, Cleanup cleanup) {
    this.draft = draft;
    this.cleanup = cleanup;
  }

  @Override
  public String id() {
    return draft.id().toString();
  }

  @Override
  public long octets() {
    return octets;
  }

  @Override
  public Reply accept(Session session, InputStream content, ContentTally tally) throws IOException {
    CleanupRequest request = request(session);
    CleanupOutcome outcome =
        cleanup.accept(
            request,
            content,
            draft,
            () -> {
              octets = tally.octets();
              return endOfContent(session);
            });
    return reply(session, outcome, tally);
  }

  private static AccessActions endOfContent(Session session) throws RefusedAtEndException {
    session.where(SmtpSession.END_OF_MESSAGE);
    session.handingOver(true);
    Optional<Reply> refusal = session.check(Stage.END_OF_DATA);
    if (refusal.isPresent()) {
      throw new RefusedAtEndException(refusal.get());
    }
    Effects effects = session.effects();
    return new AccessActions(
        effects.hold(),
        effects.discard(),
        effects.filter().orElse(""),
        effects.redirect().orElse(""),
        effects.bcc());
  }

  private CleanupRequest request(Session session) {
    Transaction transaction = session.transaction();
    Command.Mail mail = transaction.mail().orElseThrow();
    return new CleanupRequest(
        ReversePath.parse(mail.sender()),
        transaction.recipients(),
        origin(session),
        mail.body(),
        mail.smtpUtf8(),
        mail.dsn(),
        "",
        headers(session),
        transaction.arrival(),
        session.settings().overrides(),
        session.settings().contentFilter());
  }

  private static Origin origin(Session session) {
    Forwarded forwarded = session.forwarded();
    boolean local = forwarded.local().orElse(session.isLocal());
    String submitter = session.transaction().mail().map(Command.Mail::submitter).orElse("");
    if (forwarded.clientGiven()) {
      return new Origin(
          forwarded.name(),
          forwarded.address(),
          forwarded.port(),
          forwarded.helo().orElse(""),
          forwarded.protocol(),
          "",
          "",
          submitter,
          -1,
          local);
    }
    Client client = session.peer().client();
    return new Origin(
        client.name(),
        Peer.literal(client.address()),
        client.port(),
        session.helo().orElse(""),
        session.protocol(),
        "",
        "",
        submitter,
        -1,
        local);
  }

  /// What goes on top of the message: headers that access rules add, then our own.
  private String headers(Session session) {
    List<String> prepended = session.effects().prepend();
    String received = ReceivedHeader.of(session, Optional.of(id()));
    return prepended.isEmpty() ? received : String.join("\n", prepended) + "\n" + received;
  }

  private Reply reply(Session session, CleanupOutcome outcome, ContentTally tally) {
    return switch (outcome) {
      case CleanupOutcome.Queued queued -> queued(session, tally);
      case CleanupOutcome.Discarded discarded -> queued(session, tally);
      case CleanupOutcome.Refused(Diagnosis why) -> {
        Reply reply = refused(why);
        if (reply.trouble().equals(Optional.of(ErrorClass.RESOURCE))) {
          session.service().space().doubt();
        }
        yield reply;
      }
    };
  }

  private Reply queued(Session session, ContentTally tally) {
    boolean chunks = session.transaction().chunks() == Transaction.Chunks.GOING;
    return Reply.of(
        "250 2.0.0 Ok: " + (chunks ? tally.octets() + " bytes queued as " : "queued as ") + id());
  }

  /// Postfix cleanup_strerror.c: what is cleanup's own judgement is marked as an error, what a
  /// content check says stands for itself.
  private static Reply refused(Diagnosis why) {
    String words = why.code() + " " + why.text();
    return switch (words) {
      case "5.3.4 message file too big" ->
          refused("552 5.3.4 Error: message file too big", ErrorClass.BOUNCE);
      case "5.4.0 too many hops" -> refused("554 5.4.0 Error: too many hops", ErrorClass.BOUNCE);
      case "5.1.0 no recipients specified" ->
          refused("550 5.1.0 Error: no recipients specified", ErrorClass.SOFTWARE);
      case "4.3.0 queue file write error" ->
          refused("451 4.3.0 Error: queue file write error", ErrorClass.RESOURCE);
      case "4.3.1 Insufficient system storage" ->
          refused("452 4.3.1 Insufficient system storage", ErrorClass.RESOURCE);
      default ->
          refused((why.code().type().digit() == 4 ? "451 " : "550 ") + words, ErrorClass.POLICY);
    };
  }

  private static Reply refused(String text, ErrorClass why) {
    return Reply.of(text).because(why);
  }

  @Override
  public void close() {
    draft.close();
  }
}
