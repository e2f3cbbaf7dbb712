package org.jmail.command.sendmail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionWriter;

/// Gives a message to the mail system: over the socket when it is up, as a maildrop file when it is
/// not. Returns only when the message is on disk, there or here.
///
/// A message that is held in memory and that the socket did not take (no connection, no answer, or
/// a reason that others will mend, such as a table that fails) goes to maildrop under the same id,
/// and pickup takes it once (docs/adr/0011). A larger one is not held, so it goes to maildrop from
/// the start.
final class HandOver {

  /// Gives the content of a large message, once.
  interface Source {

    void copyTo(OutputStream content) throws IOException, FatalException;
  }

  private final Settings settings;
  private final PickupConnection prepared;

  HandOver(Settings settings, PickupConnection prepared) {
    this.settings = settings;
    this.prepared = prepared;
  }

  /// Hands over a message that is held.
  ///
  /// @return the name by which it can be found: a queue id, or that of a file in maildrop
  String held(Submission submission, Held content) throws FatalException {
    SubmissionReply reply;
    try {
      reply = overSocket(submission, content);
    } catch (IOException notTaken) {
      try {
        intoMaildrop(submission, content);
      } catch (IOException e) {
        throw unreachable(notTaken, e);
      }
      return submission.id();
    }
    if (reply.verdict() == SubmissionReply.Verdict.LEAVE_IN_MAILDROP) {
      try {
        intoMaildrop(submission, content);
      } catch (IOException e) {
        throw FatalException.ofWrite(
            reply.text()
                + ", and the message cannot be left in "
                + settings.maildrop()
                + " ("
                + reason(e)
                + "): try again",
            reason(e));
      }
      return submission.id();
    }
    return taken(reply);
  }

  private SubmissionReply overSocket(Submission submission, Held content) throws IOException {
    try (PickupConnection connection = connect(settings.sendTime(), settings.silentTime())) {
      try {
        write(submission, content, connection.stream());
      } catch (IOException cut) {
        return connection.replyAfter(cut);
      }
      connection.sent();
      return connection.reply();
    }
  }

  private void intoMaildrop(Submission submission, Held content) throws IOException {
    try (MaildropFile file = MaildropFile.create(settings.maildrop(), submission.id())) {
      write(submission, content, file.stream());
      file.complete();
    }
  }

  private static void write(Submission submission, Held content, OutputStream stream)
      throws IOException {
    SubmissionWriter writer = new SubmissionWriter(stream);
    writer.begin(submission);
    writer.content(content.array(), 0, content.size());
    writer.end();
    stream.flush();
  }

  /// Only where maildrop cannot be written, a large message goes over the socket, in one attempt.
  ///
  /// @return the name by which it can be found
  String large(Submission submission, Source source) throws FatalException, IOException {
    MaildropFile file;
    try {
      file = MaildropFile.create(settings.maildrop(), submission.id());
    } catch (IOException noMaildrop) {
      return largeOverSocket(submission, source, noMaildrop);
    }
    try (file) {
      copy(submission, source, file.stream());
      file.complete();
      return submission.id();
    } catch (ContentStream.WriteException e) {
      throw FatalException.ofWrite(
          "cannot write " + settings.maildrop() + ": " + reason(e), reason(e));
    }
  }

  private String largeOverSocket(Submission submission, Source source, IOException noMaildrop)
      throws FatalException, IOException {
    PickupConnection opened;
    try {
      opened = connect(settings.answerTime(), settings.answerTime());
    } catch (IOException e) {
      throw unreachable(e, noMaildrop);
    }
    SubmissionReply reply;
    try (PickupConnection connection = opened) {
      try {
        copy(submission, source, connection.stream());
      } catch (ContentStream.WriteException cut) {
        return taken(connection.replyAfter(cut));
      }
      connection.sent();
      reply = connection.reply();
    } catch (ContentStream.WriteException e) {
      throw FatalException.ofMessage(
          "the mail system went away while it took the message; nothing was queued: try again");
    }
    return taken(reply);
  }

  private static void copy(Submission submission, Source source, OutputStream stream)
      throws IOException, FatalException {
    SubmissionWriter writer = new SubmissionWriter(stream);
    ContentStream content = new ContentStream(writer, stream);
    content.begin(submission);
    source.copyTo(content);
    content.close();
  }

  private PickupConnection connect(long sending, long silence) throws IOException {
    prepared.connect(settings.pickupSocket(), sending, silence, settings.answerTime());
    return prepared;
  }

  private static String taken(SubmissionReply reply) throws FatalException {
    return switch (reply.verdict()) {
      case ACCEPTED -> reply.text();
      case TRY_LATER, LEAVE_IN_MAILDROP -> throw FatalException.ofMessage(reply.text());
      case REFUSED -> throw FatalException.ofMessage(reply.text()).forGood();
      case SUBMITTER_REFUSED -> throw new FatalException(reply.text()).forGood();
    };
  }

  private FatalException unreachable(IOException socket, IOException maildrop) {
    if (isForbidden(settings.pickupSocket())) {
      return FatalException.ofWrite(
          "no permission to hand over the message ("
              + reason(socket)
              + "; "
              + settings.maildrop()
              + ": "
              + reason(maildrop)
              + "); run \"postfix set-permissions\" as root, then try again",
          reason(maildrop));
    }
    return FatalException.ofWrite(
        "the mail system is not there ("
            + reason(socket)
            + ") and the message cannot be left in "
            + settings.maildrop()
            + " ("
            + reason(maildrop)
            + "); run "
            + (maildrop instanceof AccessDeniedException
                ? "\"postfix set-permissions\""
                : "\"postfix check\"")
            + " or \"postfix start\" as root, then try again",
        reason(maildrop));
  }

  /// There, or behind a folder that is closed to this user.
  private static boolean isForbidden(Path socket) {
    return !Files.notExists(socket) && !Files.isWritable(socket);
  }

  /// Files' exceptions say only which file.
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "no such folder";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
