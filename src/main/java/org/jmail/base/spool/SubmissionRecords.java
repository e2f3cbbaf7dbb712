package org.jmail.base.spool;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;

/// A submission as the records of a file in Postfix's maildrop, for postcat (Postfix rec_type.h,
/// sendmail.c).
final class SubmissionRecords {

  private SubmissionRecords() {}

  /// @param time when it was left
  static void send(
      Submission submission,
      Instant time,
      ReversePath sender,
      InputStream content,
      QueueTools.Records to)
      throws IOException {
    envelope(submission, time, sender, to);
    to.record(new QueueFileRecord('M', ""));
    ContentRecords.send(content, to);
    to.record(new QueueFileRecord('X', ""));
    to.record(new QueueFileRecord('E', ""));
  }

  private static void envelope(
      Submission submission, Instant time, ReversePath sender, QueueTools.Records to)
      throws IOException {
    to.record(new QueueFileRecord('T', time.getEpochSecond() + " 0"));
    if (!submission.dsn().envid().isEmpty()) {
      to.record(attribute("envelope_id", submission.dsn().envid()));
    }
    if (submission.dsn().ret() != DsnOptions.Ret.UNSPECIFIED) {
      to.record(attribute("ret_flags", submission.dsn().ret() == DsnOptions.Ret.FULL ? "1" : "2"));
    }
    to.record(attribute("rewrite_context", submission.gateway() ? "remote" : "local"));
    if (submission.fullName().isPresent()) {
      to.record(new QueueFileRecord('F', submission.fullName().get()));
    }
    to.record(new QueueFileRecord('S', sender.toString()));
    if (submission.body() != BodyType.UNSPECIFIED) {
      to.record(
          attribute("encoding", submission.body() == BodyType.EIGHT_BIT_MIME ? "8bit" : "7bit"));
    }
    for (Submission.Addressee recipient : submission.recipients()) {
      if (!recipient.orcpt().isEmpty()) {
        to.record(attribute("dsn_orig_rcpt", recipient.orcpt()));
      }
      if (!recipient.notifyOn().isEmpty()) {
        int flags = SubmissionFormat.notifyBits(recipient.notifyOn());
        to.record(attribute("notify_flags", Integer.toString(flags)));
      }
      to.record(new QueueFileRecord('R', recipient.address()));
    }
  }

  private static QueueFileRecord attribute(String name, String value) {
    return new QueueFileRecord('A', name + "=" + value);
  }
}
