package org.jmail.network.smtpd;

import java.io.IOException;
import java.util.Optional;
import org.jmail.network.smtpd.access.ErrorClass;
import org.jmail.network.smtpd.access.Stage;

/// DATA: asks for the content, reads it, and says what became of it (RFC 5321 section 4.1.1.4).
/// Whatever is wrong, the content is read to its end first, so that client and server stay in step.
final class DataCommand {

  private static final Reply GO_ON = Reply.of("354 End data with <CR><LF>.<CR><LF>");

  private final Session session;
  private final LineReader reader;

  DataCommand(Session session, LineReader reader) {
    this.session = session;
    this.reader = reader;
  }

  Reply run() throws IOException {
    Optional<Reply> refusal = session.check(Stage.DATA);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    session.chat().say(session, GO_ON);
    session.where(SmtpSession.DATA_CONTENT);
    ContentTally tally = tally(session);
    ContentReader content = new ContentReader(reader, session.settings().lines().limit(), tally);
    session.content(Optional.of(tally));
    reader.begin(session.settings().patience().minDataRate());
    reader.expectContent(true);
    Reply reply = take(content, tally);
    content.drain();
    reader.expectContent(false);
    session.where(SmtpSession.END_OF_MESSAGE);
    session.content(Optional.empty());
    if (!reply.isRefusal()) {
      session.chat().forgive();
    }
    session.reset();
    return reply;
  }

  private Reply take(ContentReader content, ContentTally tally) throws IOException {
    Delivery delivery = session.delivery().orElseThrow();
    try {
      return delivery.accept(session, content, tally);
    } catch (BadContentException e) {
      content.drain();
      return refusal(session, tally);
    } catch (RefusedAtEndException e) {
      return e.reply();
    }
  }

  /// Counts for a new message.
  static ContentTally tally(Session session) {
    return new ContentTally(
        session.settings().limits().messageSize(),
        session.bareNewline(),
        () -> session.log().warning(session.queueId() + ": queue file size limit exceeded"));
  }

  /// The answer to content that was not taken for what the tally says.
  static Reply refusal(Session session, ContentTally tally) {
    if (!tally.isRefusedForNewlines()) {
      return Reply.of("552 5.3.4 Error: message file too big").because(ErrorClass.BOUNCE);
    }
    session.where(SmtpSession.END_OF_MESSAGE);
    session.logEvent("reject", "bare <LF> received");
    return bareNewline(session);
  }

  static Reply bareNewline(Session session) {
    return Reply.of(
        session.settings().lines().bareNewlineCode()
            + " 5.5.2 "
            + session.settings().myhostname()
            + " Error: bare <LF> received");
  }
}
