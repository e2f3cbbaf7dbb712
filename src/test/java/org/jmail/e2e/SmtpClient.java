package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/// A client's side of one SMTP session with 127.0.0.1, within the private machine. Any answer but
/// the expected one is an [IOException] that holds it. For one thread.
final class SmtpClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 120_000;

  private final Socket socket;
  private final InputStream in;

  /// Connects and waits for the greeting.
  SmtpClient(int port) throws IOException {
    socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 256);
    expect("220");
  }

  void hello() throws IOException {
    say("EHLO client.example\r\n");
    expect("250");
  }

  /// One message; what the server said to its end.
  ///
  /// @param content lines that end in a line feed, none beginning with a dot
  String deliver(String recipient, String content) throws IOException {
    say("MAIL FROM:<root@localhost>\r\n");
    expect("250");
    say("RCPT TO:<" + recipient + "@localhost>\r\n");
    expect("250");
    say("DATA\r\n");
    expect("354");
    say(content.replace("\n", "\r\n") + ".\r\n");
    return expect("250");
  }

  /// The same in two chunks (RFC 3030).
  String deliverInChunks(String recipient, String content) throws IOException {
    say("MAIL FROM:<root@localhost>\r\n");
    expect("250");
    say("RCPT TO:<" + recipient + "@localhost>\r\n");
    expect("250");
    String octets = content.replace("\n", "\r\n");
    int half = octets.length() / 2;
    say("BDAT " + half + "\r\n" + octets.substring(0, half));
    expect("250");
    say("BDAT " + (octets.length() - half) + " LAST\r\n" + octets.substring(half));
    return expect("250");
  }

  void quit() throws IOException {
    say("QUIT\r\n");
    expect("221");
  }

  private void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private String expect(String code) throws IOException {
    String line;
    do {
      line = line();
    } while (line.startsWith("-", 3));
    if (!line.startsWith(code)) {
      throw new IOException("for " + code + ": " + line);
    }
    return line;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("cut off after: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
