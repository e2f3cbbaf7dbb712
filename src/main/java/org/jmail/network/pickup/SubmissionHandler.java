package org.jmail.network.pickup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;

/// What makes a submission a message in the queue. Safe for use by many threads.
interface SubmissionHandler {

  /// Reads the content to its end and queues the message; when its content is refused for good, for
  /// its sender to be told. ACCEPTED means that it is on disk. REFUSED is what is too big, or sent
  /// by who may not send it.
  ///
  /// @param uid who submits, by the socket's peer credentials
  /// @param content see [org.jmail.base.spool.SubmissionReader#content]
  /// @throws IOException when the content could not be read; nothing was queued. Trouble with the
  ///   queue is a reply
  SubmissionReply take(int uid, Submission submission, InputStream content, Instant arrival)
      throws IOException;

  /// The same when the submitter has gone: whatever is refused for good is queued, for its sender
  /// to be told. So the reply is ACCEPTED, or the file stays.
  ///
  /// @param uid the owner of the file
  SubmissionReply takeLeft(int uid, Submission submission, InputStream content, Instant arrival)
      throws IOException;

  /// The submitter of a message that was ACCEPTED has the answer: he will not send it again.
  void answered(Submission submission);
}
