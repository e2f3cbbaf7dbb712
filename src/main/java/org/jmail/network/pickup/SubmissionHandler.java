package org.jmail.network.pickup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;

/// What makes a submission a message in the queue. Safe for use by many threads.
interface SubmissionHandler {

  /// Reads the content to its end and queues the message. ACCEPTED means that it is on disk.
  ///
  /// @param uid who submits, by the socket's peer credentials or the file's owner
  /// @param content see [org.jmail.base.spool.SubmissionReader#content]
  /// @throws IOException when the content could not be read; nothing was queued. Trouble with the
  ///   queue is a reply
  SubmissionReply take(int uid, Submission submission, InputStream content, Instant arrival)
      throws IOException;

  /// The submitter of a message that was ACCEPTED has the answer: he will not send it again.
  void answered(Submission submission);
}
