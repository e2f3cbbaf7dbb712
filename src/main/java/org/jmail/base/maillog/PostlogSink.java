package org.jmail.base.maillog;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// Has the network process write lines that this process may not write itself: each goes over a
/// connection of its own, which is closed at the other end when the line is taken or dropped. A
/// mail system that hangs costs a command one second. Postfix counterpart: msg_logger.c, which
/// sends datagrams.
final class PostlogSink implements LogSink {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Path socket;
  private volatile boolean hangs;

  PostlogSink(Path socket) {
    this.socket = socket;
  }

  /// Where lines are taken.
  static Path socket(Path queueDirectory) {
    return queueDirectory.resolve("public").resolve("postlog");
  }

  @Override
  public void write(LogEntry entry) {
    if (hangs) {
      return;
    }
    Thread sender = Thread.ofPlatform().name("postlog").daemon().start(() -> send(entry));
    try {
      hangs = !sender.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(LogEntry entry) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer line =
          ByteBuffer.wrap((entry.encode() + "\n").getBytes(StandardCharsets.ISO_8859_1));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      if (channel.read(ByteBuffer.allocate(1)) > 0) {
        hangs = true; // whatever answers there is no mail system
      }
    } catch (IOException | IllegalArgumentException e) {
      // Nobody listens, or the path is too long for a socket's: the line is lost, the mail is not.
    }
  }
}
