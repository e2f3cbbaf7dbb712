package org.jmail.base.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jmail.base.message.Content;
import org.jmail.base.message.Recipient;

/// Puts the frames of one connection together into requests, many of which may be arriving at once.
/// Used by one thread. Total: each frame is taken, or a [FrameException] ends the connection.
public final class RequestAssembler implements AutoCloseable {

  /// How many requests may be half sent.
  public static final int MAX_ARRIVING = 4096;

  /// How many recipients a request may have.
  public static final int MAX_RECIPIENTS = 10_000;

  private final ContentStore store;
  private final IntConsumer recorded;
  private final Map<Integer, Arriving> arriving = new HashMap<>();

  /// @param recorded is told of requests whose results are on disk; they need not be known
  public RequestAssembler(ContentStore store, IntConsumer recorded) {
    this.store = store;
    this.recorded = recorded;
  }

  /// A request that arrived whole. When its content could not be kept (a full disk), `failure` says
  /// why and the content is empty.
  ///
  /// @param id for [ResultSender]
  public record Complete(
      int id, DeliveryRequest request, Optional<IOException> failure, Runnable release) {}

  /// Takes a frame; answers with the request that it completes.
  public Optional<Complete> accept(Frame frame) throws FrameException {
    switch (frame.kind()) {
      case BEGIN -> begin(frame);
      case RECIPIENT -> find(frame).recipient(frame);
      case CONTENT -> find(frame).content(frame.payload().duplicate());
      case ABORT -> {
        find(frame).abandon();
        arriving.remove(frame.request());
      }
      case END -> {
        Complete complete = find(frame).complete(frame);
        arriving.remove(frame.request());
        return Optional.of(complete);
      }
      case RECORDED -> {
        new FieldReader(frame).end();
        recorded.accept(frame.request());
      }
      case RESULT, NEXT, MEMBER, DONE ->
          throw new FrameException("a " + frame.kind() + " frame is no request");
    }
    return Optional.empty();
  }

  /// Drops what has not arrived whole.
  @Override
  public void close() {
    arriving.values().forEach(Arriving::abandon);
    arriving.clear();
  }

  private void begin(Frame frame) throws FrameException {
    if (arriving.size() >= MAX_ARRIVING) {
      throw new FrameException("more than " + MAX_ARRIVING + " requests at once");
    }
    if (arriving.containsKey(frame.request())) {
      throw new FrameException("request " + frame.request() + " begun twice");
    }
    RequestCodec.Opening opening = RequestCodec.decode(frame);
    arriving.put(frame.request(), new Arriving(opening, store.begin(opening.contentSize())));
  }

  private Arriving find(Frame frame) throws FrameException {
    Arriving found = arriving.get(frame.request());
    if (found == null) {
      throw new FrameException(
          "a " + frame.kind() + " frame of request " + frame.request() + ", which is not open");
    }
    return found;
  }

  /// One request whose frames are arriving.
  private static final class Arriving {
    private final RequestCodec.Opening opening;
    private final ContentStore.Incoming incoming;
    private final List<Recipient> recipients = new ArrayList<>();
    private long missing;
    private Optional<IOException> failure = Optional.empty();

    Arriving(RequestCodec.Opening opening, ContentStore.Incoming incoming) {
      this.opening = opening;
      this.incoming = incoming;
      this.missing = opening.contentSize();
    }

    void recipient(Frame frame) throws FrameException {
      if (recipients.size() >= MAX_RECIPIENTS) {
        throw new FrameException("more than " + MAX_RECIPIENTS + " recipients");
      }
      FieldReader fields = new FieldReader(frame);
      recipients.add(fields.recipient());
      fields.end();
    }

    void content(ByteBuffer octets) throws FrameException {
      if (octets.remaining() > missing) {
        throw new FrameException("more content than announced");
      }
      missing -= octets.remaining();
      if (failure.isPresent()) {
        return; // the rest of a content that cannot be kept is read and dropped
      }
      try {
        incoming.write(octets);
      } catch (IOException e) {
        failed(e);
      }
    }

    Complete complete(Frame end) throws FrameException {
      new FieldReader(end).end();
      if (missing > 0) {
        throw new FrameException(missing + " octets of content are missing");
      }
      if (failure.isEmpty()) {
        try {
          ContentStore.Stored stored = incoming.finish();
          DeliveryRequest request = opening.complete(recipients, stored);
          return new Complete(end.request(), request, Optional.empty(), stored::close);
        } catch (IOException e) {
          failed(e);
        }
      }
      DeliveryRequest request = opening.complete(recipients, Content.of(new byte[0]));
      return new Complete(end.request(), request, failure, () -> {});
    }

    void abandon() {
      if (failure.isEmpty()) {
        incoming.abandon();
      }
    }

    private void failed(IOException e) {
      incoming.abandon();
      failure = Optional.of(e);
    }
  }
}
