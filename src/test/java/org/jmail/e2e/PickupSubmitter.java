package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;
import org.jmail.base.spool.SubmissionWriter;

/// Submits to jmail's `public/pickup`, as sendmail does.
///
/// @param socket `public/pickup` in the queue directory
record PickupSubmitter(Path socket) implements Submitter {

  @Override
  public String submit(String recipient, String content) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      SubmissionWriter writer = new SubmissionWriter(out);
      String id = UUID.randomUUID().toString().replace("-", "");
      byte[] octets = content.getBytes(ISO_8859_1);
      writer.begin(Submission.of(id, "root", List.of(recipient)));
      writer.content(octets, 0, octets.length);
      writer.end();
      out.flush();
      SubmissionReply reply = SubmissionReply.read(Channels.newInputStream(channel));
      if (reply.verdict() != Verdict.ACCEPTED) {
        throw new IOException("pickup: " + reply);
      }
      return reply.text();
    }
  }
}
