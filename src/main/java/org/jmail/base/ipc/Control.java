package org.jmail.base.ipc;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What the `postfix` command asks of the running daemon over `pid/control`: one word, one line
/// back. `ok` is success; anything else is the reason.
public final class Control {

  /// Read the configuration again.
  public static final String RELOAD = "reload";

  /// maillog_file was moved away: begin a new one.
  public static final String REOPEN = "reopen";

  /// The answer when it is done.
  public static final String OK = "ok";

  /// Longer lines are cut.
  public static final int LIMIT = 4096;

  private Control() {}

  /// The socket of an instance.
  public static Path socket(Path queueDirectory) {
    return queueDirectory.resolve("pid").resolve("control");
  }

  /// Asks, and waits for the answer.
  public static String ask(Path socket, String word) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      send(channel, word);
      return receive(channel);
    }
  }

  /// Writes a line.
  public static void send(SocketChannel channel, String line) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  /// Reads a line, or what there is of one when the peer ends early or it is too long.
  public static String receive(SocketChannel channel) throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(LIMIT);
    while (octets.hasRemaining() && channel.read(octets) >= 0) {
      if (octets.position() > 0 && octets.get(octets.position() - 1) == '\n') {
        break;
      }
    }
    octets.flip();
    return StandardCharsets.ISO_8859_1.decode(octets).toString().strip();
  }
}
