package org.jmail.command.sendmail;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jmail.base.spool.SubmissionReply;

/// A connection to pickup(8). Everything on it, from connecting to the answer, is over within the
/// time given: a mail system that hangs must not hang its users.
final class PickupConnection implements Closeable {

  private final SocketChannel channel;
  private final Deadline deadline;

  private PickupConnection(SocketChannel channel, Deadline deadline) {
    this.channel = channel;
    this.deadline = deadline;
  }

  static PickupConnection open(Path socket, long milliseconds) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    Deadline deadline = new Deadline(channel, milliseconds);
    deadline.start();
    PickupConnection connection = new PickupConnection(channel, deadline);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException | IllegalArgumentException e) {
      // IllegalArgumentException: a path longer than a UNIX socket's may be.
      connection.close();
      throw new IOException("connect to " + socket + ": " + e.getMessage(), e);
    }
    return connection;
  }

  /// Where the submission goes; buffered.
  OutputStream stream() {
    return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /// Waits for the answer.
  SubmissionReply reply() throws IOException {
    return SubmissionReply.read(Channels.newInputStream(channel));
  }

  /// Writing failed: the mail system may have seen enough, and then its answer says why.
  ///
  /// @throws IOException the failure, when there is no answer
  SubmissionReply replyAfter(IOException failure) throws IOException {
    try {
      return reply();
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    deadline.interrupt();
    channel.close();
  }

  /// Closes the channel when the time is up, which ends whatever waits on it.
  private static final class Deadline extends Thread {
    private final SocketChannel channel;
    private final long milliseconds;

    Deadline(SocketChannel channel, long milliseconds) {
      super("deadline");
      setDaemon(true);
      this.channel = channel;
      this.milliseconds = milliseconds;
    }

    @Override
    public void run() {
      try {
        sleep(milliseconds);
        channel.close();
      } catch (InterruptedException | IOException e) {
        interrupt();
      }
    }
  }
}
