package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jmail.network.smtpd.ClientGoneException.How;

/// Replies on their way: kept until the client is waited for, so that those to a pipelined group of
/// commands go out together. Holds nothing in between. Used by one thread.
final class OutputBuffer {

  private static final int LIMIT = 4096;

  private final Line line;
  private ByteArrayOutputStream pending = new ByteArrayOutputStream(0);

  OutputBuffer(Line line) {
    this.line = line;
  }

  void write(Reply reply) throws ClientGoneException {
    for (String text : reply.lines()) {
      pending.writeBytes((text + "\r\n").getBytes(ISO_8859_1));
    }
    if (pending.size() > LIMIT) {
      flush();
    }
  }

  boolean isEmpty() {
    return pending.size() == 0;
  }

  void flush() throws ClientGoneException {
    if (pending.size() == 0) {
      return;
    }
    byte[] octets = pending.toByteArray();
    pending = new ByteArrayOutputStream(0);
    try {
      line.output().write(octets);
      line.output().flush();
    } catch (IOException e) {
      throw new ClientGoneException(How.LOST, e);
    }
  }
}
