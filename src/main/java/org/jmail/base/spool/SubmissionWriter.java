package org.jmail.base.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;

/// Writes submissions, one after the other: [#begin], [#content] as often as needed, [#end]. For
/// one thread. Does not buffer: give it a buffered stream.
public final class SubmissionWriter {

  private final OutputStream out;
  private long written;

  /// Writes to `out`, which stays the caller's to close.
  public SubmissionWriter(OutputStream out) {
    this.out = out;
  }

  /// Writes the envelope.
  ///
  /// @throws IllegalArgumentException for a text that no reader would take
  public void begin(Submission submission) throws IOException {
    written = 0;
    out.write(SubmissionFormat.MAGIC);
    out.write(SubmissionFormat.VERSION);
    text(SubmissionFormat.ID, submission.id());
    if (submission.sender().isPresent()) {
      text(SubmissionFormat.SENDER, submission.sender().get().toString());
    }
    if (submission.fullName().isPresent()) {
      text(SubmissionFormat.FULL_NAME, submission.fullName().get());
    }
    options(submission);
    recipients(submission.recipients());
  }

  private void recipients(List<Submission.Addressee> recipients) throws IOException {
    int noted = 0;
    for (Submission.Addressee recipient : recipients) {
      int notify = SubmissionFormat.notifyBits(recipient.notifyOn());
      if (notify != noted) {
        octet(SubmissionFormat.NOTIFY, notify);
        noted = notify;
      }
      if (!recipient.orcpt().isEmpty()) {
        text(SubmissionFormat.ORCPT, recipient.orcpt());
      }
      text(SubmissionFormat.RECIPIENT, recipient.address());
    }
  }

  private void options(Submission submission) throws IOException {
    if (submission.dsn().ret() != DsnOptions.Ret.UNSPECIFIED) {
      octet(SubmissionFormat.RET, submission.dsn().ret() == DsnOptions.Ret.FULL ? 'F' : 'H');
    }
    if (!submission.dsn().envid().isEmpty()) {
      text(SubmissionFormat.ENVID, submission.dsn().envid());
    }
    if (submission.dsn().trace() != DsnOptions.Trace.NONE) {
      octet(
          SubmissionFormat.TRACE, submission.dsn().trace() == DsnOptions.Trace.RECORD ? 'R' : 'V');
    }
    if (!submission.dsn().verp().isEmpty()) {
      text(SubmissionFormat.VERP, submission.dsn().verp());
    }
    if (submission.body() != BodyType.UNSPECIFIED) {
      octet(SubmissionFormat.BODY, submission.body() == BodyType.SEVEN_BIT ? '7' : '8');
    }
    if (submission.smtpUtf8()) {
      head(SubmissionFormat.SMTPUTF8, 0);
    }
    if (submission.gateway()) {
      head(SubmissionFormat.GATEWAY, 0);
    }
  }

  /// Writes content, in as many records as it takes.
  public void content(byte[] octets, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      int chunk = Math.min(left, SubmissionFormat.CHUNK);
      head(SubmissionFormat.CONTENT, chunk);
      out.write(octets, at, chunk);
      at += chunk;
      left -= chunk;
    }
    written += length;
  }

  /// Marks the submission as complete.
  public void end() throws IOException {
    head(SubmissionFormat.END, 8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (written >>> shift));
    }
  }

  private void text(int type, String text) throws IOException {
    if (text.length() > Submission.TEXT_LIMIT || !isOneLine(text)) {
      throw new IllegalArgumentException("not one line of text: record type " + (char) type);
    }
    head(type, text.length());
    out.write(text.getBytes(ISO_8859_1));
  }

  private void octet(int type, int value) throws IOException {
    head(type, 1);
    out.write(value);
  }

  private void head(int type, int length) throws IOException {
    out.write(type);
    out.write(length >>> 24);
    out.write(length >>> 16);
    out.write(length >>> 8);
    out.write(length);
  }

  /// No NUL, CR, LF: nothing that could end a line in a log, a header or a list.
  static boolean isOneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c == '\n' || c == '\r' || c > 0xff) {
        return false;
      }
    }
    return true;
  }
}
