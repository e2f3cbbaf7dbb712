package org.jmail.network.pickup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.Optional;
import org.jmail.base.ipc.Peer;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.RecentPasswd;
import org.jmail.base.spool.MalformedSubmissionException;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReader;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;

/// One connection: submissions one after the other, each answered before the next is read. The
/// first refusal ends it, for the rest of a refused message is not read. For one thread.
final class PickupSession {

  private final SocketChannel channel;
  private final RecentPasswd users;
  private final SubmissionHandler handler;
  private final MailLog log;

  PickupSession(SocketChannel channel, RecentPasswd users, SubmissionHandler handler, MailLog log) {
    this.channel = channel;
    this.users = users;
    this.handler = handler;
    this.log = log;
  }

  void run() {
    int uid = -1;
    try {
      uid = Peer.uid(channel, users);
      OutputStream out = Channels.newOutputStream(channel);
      SubmissionReader reader = new SubmissionReader(Channels.newInputStream(channel));
      SubmissionReply reply;
      do {
        Optional<Submission> submission = reader.next();
        if (submission.isEmpty()) {
          return;
        }
        reply = handler.take(uid, submission.get(), reader.content(), Instant.now());
        reply.writeTo(out);
        if (reply.verdict() == Verdict.ACCEPTED) {
          handler.answered(submission.get());
        }
      } while (reply.verdict() == Verdict.ACCEPTED);
    } catch (MalformedSubmissionException e) {
      malformed(uid, e);
    } catch (IOException e) {
      log.warning("uid=" + Integer.toUnsignedString(uid) + ": " + e.getMessage());
    }
  }

  private void malformed(int uid, MalformedSubmissionException e) {
    log.warning("uid=" + Integer.toUnsignedString(uid) + ": malformed input: " + e.getMessage());
    if (!e.incomplete()) {
      try {
        new SubmissionReply(Verdict.REFUSED, String.valueOf(e.getMessage()))
            .writeTo(Channels.newOutputStream(channel));
      } catch (IOException gone) {
        log.warning("uid=" + Integer.toUnsignedString(uid) + ": " + gone.getMessage());
      }
    }
  }
}
