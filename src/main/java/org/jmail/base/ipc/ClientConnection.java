package org.jmail.base.ipc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.message.Recipient;

/// One connection to the delivery process: callers send, one virtual thread reads the results.
final class ClientConnection {

  /// So many requests may be recorded before the other side is told without a request to tell it
  /// with.
  private static final int MOST_UNTOLD = 100;

  private final SocketChannel channel;
  private final FrameWriter writer;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, Call> calls = new ConcurrentHashMap<>();
  private final Queue<Integer> recorded = new ConcurrentLinkedQueue<>();
  private final AtomicInteger untold = new AtomicInteger();
  private volatile boolean writable = true;
  private volatile Optional<String> end = Optional.empty();

  private ClientConnection(SocketChannel channel) {
    this.channel = channel;
    this.writer = new FrameWriter(channel);
  }

  static ClientConnection open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      channel.close();
      throw new IOException("connect to " + socket + ": " + e.getMessage(), e);
    }
    ClientConnection connection = new ClientConnection(channel);
    Thread.ofVirtual().name("delivery-results").start(connection::read);
    return connection;
  }

  boolean isOpen() {
    return writable && end.isEmpty();
  }

  /// A request in flight; its results arrive frame by frame.
  final class Call {
    private final int id;
    private final List<Recipient> recipients;
    private final Map<Recipient, DeliveryResult> results = new HashMap<>();
    private final List<Recipient> next = new ArrayList<>();
    private final List<DeliveryResult.Member> members = new ArrayList<>();
    private final CompletableFuture<Optional<String>> failure = new CompletableFuture<>();

    private Call(int id, List<Recipient> recipients) {
      this.id = id;
      this.recipients = recipients;
    }

    /// The results, once they are all there.
    ///
    /// @throws IOException when the connection ended before
    Map<Recipient, DeliveryResult> await() throws IOException, InterruptedException {
      Optional<String> why;
      try {
        why = failure.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody completes a call exceptionally", e);
      }
      if (why.isPresent()) {
        throw new IOException(why.get());
      }
      return results;
    }

    /// The results are on disk. The other side learns it with the next request: it is no hurry, and
    /// costs no system call then.
    void recorded() {
      recorded.add(id);
      if (untold.incrementAndGet() >= MOST_UNTOLD && isOpen()) {
        try {
          write(tellRecorded());
        } catch (IOException e) {
          // The other side has ended, and with it what it knew.
        }
      }
    }

    private void accept(Frame frame) throws FrameException {
      switch (frame.kind()) {
        case NEXT -> {
          FieldReader fields = new FieldReader(frame);
          next.add(fields.recipient());
          fields.end();
        }
        case MEMBER -> members.add(ResultCodec.decodeMember(frame));
        case RESULT -> {
          ResultCodec.Numbered numbered = ResultCodec.decode(frame, next, members);
          if (numbered.index() < 0 || numbered.index() >= recipients.size()) {
            throw new FrameException("result for recipient " + numbered.index());
          }
          results.put(recipients.get(numbered.index()), numbered.result());
          next.clear();
          members.clear();
        }
        case DONE -> failure.complete(Optional.empty());
        case BEGIN, RECIPIENT, CONTENT, END, ABORT, RECORDED ->
            throw new FrameException("a " + frame.kind() + " frame is no result");
      }
    }
  }

  /// Sends a request whole; blocks while the other side does not read.
  Call send(DeliveryRequest request) throws IOException {
    int id = lastId.incrementAndGet();
    List<Recipient> recipients = request.envelope().recipients();
    List<Frame> frames = tellRecorded();
    frames.add(RequestCodec.encode(id, request));
    for (Recipient recipient : recipients) {
      frames.add(new FieldWriter().recipient(recipient).frame(FrameKind.RECIPIENT, id));
    }
    Call call = new Call(id, recipients);
    calls.put(id, call);
    try {
      sendContent(id, request, frames);
    } catch (IOException e) {
      calls.remove(id);
      throw e;
    }
    end.ifPresent(this::fail); // it may have ended before the call was entered
    return call;
  }

  private List<Frame> tellRecorded() {
    List<Frame> frames = new ArrayList<>();
    for (Integer id = recorded.poll(); id != null; id = recorded.poll()) {
      untold.decrementAndGet();
      frames.add(Frame.of(FrameKind.RECORDED, id));
    }
    return frames;
  }

  private void sendContent(int id, DeliveryRequest request, List<Frame> head) throws IOException {
    List<Frame> frames = head;
    boolean begun = false;
    long size = request.content().size();
    try (InputStream content = request.content().open()) {
      for (long left = size; left > 0; ) {
        byte[] chunk = content.readNBytes((int) Math.min(left, Frame.CHUNK));
        if (chunk.length == 0) {
          throw new EOFException("content ends " + left + " octets early");
        }
        left -= chunk.length;
        frames.add(new Frame(FrameKind.CONTENT, id, ByteBuffer.wrap(chunk)));
        if (left > 0) {
          begun = true;
          write(frames);
          frames = new ArrayList<>();
        }
      }
    } catch (IOException e) {
      if (begun && isOpen()) {
        write(List.of(Frame.of(FrameKind.ABORT, id)));
      }
      throw e;
    }
    frames.add(Frame.of(FrameKind.END, id));
    write(frames);
  }

  private void write(List<Frame> frames) throws IOException {
    try {
      writer.write(frames);
    } catch (IOException e) {
      // Results that were sent before the other side ended can still be read, and must be: what
      // they
      // are about is done. Where they end the reader closes.
      writable = false;
      if (channel.isOpen()) {
        channel.shutdownOutput();
      }
      throw e;
    }
  }

  private void read() {
    try {
      FrameReader reader = new FrameReader(channel);
      for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        int id = frame.get().request();
        Call call = calls.get(id);
        if (call == null) {
          throw new FrameException("result for request " + id + ", which was not made");
        }
        call.accept(frame.get());
        if (frame.get().kind() == FrameKind.DONE) {
          calls.remove(id);
        }
      }
      close("connection lost");
    } catch (IOException e) {
      close("connection lost: " + e.getMessage());
    }
  }

  /// Ends the connection; whatever is in flight fails for this reason.
  void close(String why) {
    end = Optional.of(why);
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed for us either way.
    }
    fail(why);
  }

  private void fail(String why) {
    for (Integer id : List.copyOf(calls.keySet())) {
      Call call = calls.remove(id);
      if (call != null) {
        call.failure.complete(Optional.of(why));
      }
    }
  }
}
