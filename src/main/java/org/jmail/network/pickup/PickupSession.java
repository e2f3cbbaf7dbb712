package org.jmail.network.pickup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jmail.base.spool.MalformedSubmissionException;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReader;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;

/// One connection: submissions one after the other, each answered before the next is read. The
/// first refusal ends it, for the rest of a refused message is not read. For one thread.
final class PickupSession {

  private final SocketChannel channel;
  private final int uid;
  private final WatchedInput in;
  private final SubmissionHandler handler;
  private final SubmitterWarnings warnings;
  private final ScheduledExecutorService timer;

  PickupSession(
      SocketChannel channel,
      int uid,
      WatchedInput in,
      SubmissionHandler handler,
      SubmitterWarnings warnings,
      ScheduledExecutorService timer) {
    this.channel = channel;
    this.uid = uid;
    this.in = in;
    this.handler = handler;
    this.warnings = warnings;
    this.timer = timer;
  }

  void run() {
    try {
      OutputStream out = Channels.newOutputStream(channel);
      SubmissionReader reader = new SubmissionReader(in);
      SubmissionReply reply;
      do {
        in.another();
        Optional<Submission> submission = reader.next();
        if (submission.isEmpty()) {
          return;
        }
        try (SignsOfLife signs = new SignsOfLife(out, timer)) {
          reply =
              handler.take(uid, submission.get(), signs.attended(reader.content()), Instant.now());
        }
        reply.writeTo(out);
        if (reply.verdict() == Verdict.ACCEPTED) {
          handler.answered(submission.get());
        }
      } while (reply.verdict() == Verdict.ACCEPTED);
    } catch (MalformedSubmissionException e) {
      malformed(e);
    } catch (IOException e) {
      warnings.say(uid, in.silent() ? "connection cut: nothing came" : e.toString());
    }
  }

  private void malformed(MalformedSubmissionException e) {
    warnings.say(uid, "malformed input: " + e.getMessage());
    if (!e.incomplete()) {
      try {
        new SubmissionReply(Verdict.REFUSED, String.valueOf(e.getMessage()))
            .writeTo(Channels.newOutputStream(channel));
      } catch (IOException gone) {
        warnings.say(uid, gone.toString());
      }
    }
  }
}
