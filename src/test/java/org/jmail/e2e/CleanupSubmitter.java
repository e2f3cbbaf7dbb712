package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Submits to Postfix's `public/cleanup` as its own pickup and smtpd do (cleanup.c cleanup_service,
/// record.c rec_put, attr_print0.c): past sendmail, postdrop, maildrop and pickup, so the fastest
/// way that Postfix has.
///
/// @param socket `public/cleanup` in the queue directory
record CleanupSubmitter(Path socket) implements Submitter {

  /// CLEANUP_FLAG_BOUNCE | FILTER | BCC_OK | MAP_OK | MILTER, as for mail that pickup takes.
  private static final int FLAGS = 1 | 2 | 16 | 32 | 64;

  @Override
  public String submit(String recipient, String content) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
      Map<String, String> greeting = attributes(in);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(("flags\0" + FLAGS + "\0\0").getBytes(ISO_8859_1));
      record(out, 'T', System.currentTimeMillis() / 1000 + " 0");
      record(out, 'A', "rewrite_context=local");
      record(out, 'S', "root");
      record(out, 'R', recipient);
      record(out, 'M', "");
      record(out, 'N', "Received: by localhost (Postfix, from userid 0)");
      record(
          out, 'N', "\tid " + greeting.get("queue_id") + "; Thu,  1 Jan 2026 00:00:00 +0000 (UTC)");
      content.lines().forEach(line -> record(out, 'N', line));
      record(out, 'X', "");
      record(out, 'E', "");
      ByteBuffer octets = ByteBuffer.wrap(out.toByteArray());
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
      Map<String, String> answer = attributes(in);
      if (!"0".equals(answer.get("status"))) {
        throw new IOException("cleanup: " + answer);
      }
      return greeting.getOrDefault("queue_id", "");
    }
  }

  private static void record(ByteArrayOutputStream out, char type, String text) {
    out.write(type);
    int rest = text.length();
    do {
      int seven = rest & 0x7f;
      rest >>= 7;
      out.write(rest != 0 ? seven | 0x80 : seven);
    } while (rest != 0);
    out.writeBytes(text.getBytes(ISO_8859_1));
  }

  /// Names and values, each ended by a NUL; an empty name ends the list.
  private static Map<String, String> attributes(InputStream in) throws IOException {
    Map<String, String> attributes = new HashMap<>();
    for (String name = text(in); !name.isEmpty(); name = text(in)) {
      attributes.put(name, text(in));
    }
    return attributes;
  }

  private static String text(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int octet = in.read(); octet != 0; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("cleanup closed the connection");
      }
      text.append((char) octet);
    }
    return text.toString();
  }
}
