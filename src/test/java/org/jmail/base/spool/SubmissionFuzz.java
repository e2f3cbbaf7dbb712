package org.jmail.base.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// What programs send to `public/pickup` and `public/qmgr`; the first octet chooses. A submission
/// that is taken is written and read as itself, and so is a request of the queue tools.
public final class SubmissionFuzz {

  private SubmissionFuzz() {}

  /// Takes octets: which socket, then what is sent.
  public static void fuzzerTestOneInput(byte[] octets) throws IOException {
    if (octets.length == 0) {
      return;
    }
    byte[] sent = Arrays.copyOfRange(octets, 1, octets.length);
    if ((octets[0] & 1) == 0) {
      submissions(sent);
    } else {
      requests(sent);
    }
  }

  private static void submissions(byte[] sent) throws IOException {
    try {
      SubmissionReader reader = new SubmissionReader(new ByteArrayInputStream(sent));
      for (Optional<Submission> s = reader.next(); s.isPresent(); s = reader.next()) {
        byte[] content = reader.content().readAllBytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SubmissionWriter writer = new SubmissionWriter(out);
        writer.begin(s.get());
        writer.content(content, 0, content.length);
        writer.end();
        SubmissionReader again =
            SubmissionReader.ofFile(new ByteArrayInputStream(out.toByteArray()));
        assertEquals(s.get(), again.only());
        assertEquals(-1, Arrays.mismatch(content, again.content().readAllBytes()));
      }
    } catch (MalformedSubmissionException e) {
      assertTrue(String.valueOf(e.getMessage()).length() < 300, e.toString());
    }
  }

  private static void requests(byte[] sent) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(sent));
    QueueToolsProtocol.Words words;
    try {
      words = QueueToolsProtocol.readRequest(in);
    } catch (IOException e) {
      return; // the connection ends
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    QueueToolsProtocol.writeRequest(new DataOutputStream(out), words);
    assertEquals(
        words,
        QueueToolsProtocol.readRequest(
            new DataInputStream(new ByteArrayInputStream(out.toByteArray()))));
  }
}
