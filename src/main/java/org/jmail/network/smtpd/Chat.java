package org.jmail.network.smtpd;

import org.jmail.network.smtpd.ClientGoneException.How;

/// Answers, and the mistakes they answer (Postfix smtpd_chat.c). A client that makes many is
/// answered slowly. Used by one thread.
final class Chat {

  private final SmtpdSettings settings;
  private final RefusalFilter filter;
  private final OutputBuffer out;
  private final Transcript transcript;
  private int errors;
  private int junk;
  private boolean hangingUp;

  Chat(SmtpdSettings settings, RefusalFilter filter, OutputBuffer out) {
    this.settings = settings;
    this.filter = filter;
    this.out = out;
    this.transcript = new Transcript(settings.told());
  }

  Transcript transcript() {
    return transcript;
  }

  /// Answers.
  void say(Session session, Reply given) throws ClientGoneException {
    if (given.isSilence()) {
      return;
    }
    boolean slow = errors >= settings.limits().softErrors();
    if (slow) {
      pause();
    }
    Reply reply = given.isRefusal() ? filter.apply(session, given) : given;
    reply = settings.softBounce() ? reply.softened() : reply;
    given.trouble().ifPresent(transcript::trouble);
    transcript.said(reply);
    out.write(reply);
    if (slow) {
      out.flush();
    }
    hangingUp |= reply.hangsUp();
  }

  private void pause() throws ClientGoneException {
    try {
      Thread.sleep(settings.patience().errorSleep());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(How.LOST, e);
    }
  }

  /// Sends what is left, if the client still takes it; it is not known to be there any more.
  void finish() {
    try {
      out.flush();
    } catch (ClientGoneException e) {
      hangingUp = true;
    }
  }

  /// A mistake.
  void mistake() {
    errors++;
  }

  /// One of the commands that are no use.
  void junk() {
    if (junk++ > settings.limits().junkCommands()) {
      errors++;
    }
  }

  /// Whether there are too many mistakes.
  boolean isFull() {
    return errors >= settings.limits().hardErrors();
  }

  /// A message was taken: all is forgiven.
  void forgive() {
    errors = 0;
    junk = 0;
    transcript.forgive();
  }

  void hangUp() {
    hangingUp = true;
  }

  boolean isHangingUp() {
    return hangingUp;
  }
}
