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
import org.jspecify.annotations.Nullable;

/// A connection to pickup(8), in two steps: a thread makes the socket while the configuration and
/// the message are read, for the JDK sets up its security providers for that, which takes it 10 to
/// 20 milliseconds (docs/adr/0006); then [#connect].
///
/// Everything from there to the answer is over within the times given: a mail system that hangs
/// must not hang its users. One that works gives signs of life; without them the wait is short.
final class PickupConnection implements Closeable {

  private final Opening opening = new Opening();
  private Deadline deadline = new Deadline(opening, 0, 0, 0);

  private PickupConnection() {}

  /// Begins to make a socket.
  static PickupConnection prepare() {
    PickupConnection connection = new PickupConnection();
    connection.opening.start();
    return connection;
  }

  /// @param sending how long it may take until all is [#sent], in milliseconds
  /// @param silence how long it may be silent after that
  /// @param answering how long the answer may take after that, with signs of life
  void connect(Path socket, long sending, long silence, long answering) throws IOException {
    SocketChannel channel = opening.channel();
    deadline = new Deadline(opening, sending, silence, answering);
    deadline.start();
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException | IllegalArgumentException e) {
      // IllegalArgumentException: a path longer than a UNIX socket's may be.
      throw new IOException("connect to " + socket + ": " + e.getMessage(), e);
    }
  }

  /// Where the submission goes; buffered.
  OutputStream stream() throws IOException {
    return new BufferedOutputStream(Channels.newOutputStream(opening.channel()), 1 << 16);
  }

  /// The whole message is on its way: only the answer is missing.
  void sent() {
    deadline.heard();
  }

  /// Waits for the answer.
  SubmissionReply reply() throws IOException {
    return SubmissionReply.read(Channels.newInputStream(opening.channel()), deadline::heard);
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
    opening.channel().close();
  }

  /// Makes the socket.
  private static final class Opening extends Thread {
    private @Nullable SocketChannel made;
    private @Nullable IOException failure;

    Opening() {
      super("socket");
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        made = SocketChannel.open(StandardProtocolFamily.UNIX);
      } catch (IOException e) {
        failure = e;
      }
    }

    /// The socket, once it is made.
    SocketChannel channel() throws IOException {
      try {
        join();
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
      if (made == null) {
        throw failure == null ? new IOException("no socket") : failure;
      }
      return made;
    }
  }

  /// Closes the socket when the time is up, which ends whatever waits on it.
  private static final class Deadline extends Thread {
    private final Opening opening;
    private static final long NEVER = -1;

    private final long sending;
    private final long silence;
    private final long answering;
    private volatile long heardAt = NEVER;

    Deadline(Opening opening, long sending, long silence, long answering) {
      super("deadline");
      setDaemon(true);
      this.opening = opening;
      this.sending = sending;
      this.silence = silence;
      this.answering = answering;
    }

    private static long now() {
      return System.nanoTime() / 1_000_000 & Long.MAX_VALUE;
    }

    /// All was sent, or the mail system says that it works on it.
    void heard() {
      heardAt = now();
    }

    @Override
    public void run() {
      try {
        sleep(sending);
        long end = now() + answering;
        for (long left = left(end); left > 0; left = left(end)) {
          sleep(left);
        }
        opening.channel().close();
      } catch (InterruptedException | IOException e) {
        interrupt();
      }
    }

    private long left(long end) {
      long heard = heardAt;
      return heard == NEVER ? 0 : Math.min(heard + silence, end) - now();
    }
  }
}
