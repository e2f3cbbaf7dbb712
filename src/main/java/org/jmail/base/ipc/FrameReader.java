package org.jmail.base.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/// Cuts a stream of octets into frames. Used by one thread; buffers what it has read ahead. Total:
/// every input gives frames, the end, or a [FrameException], and memory stays below a frame.
public final class FrameReader {

  private final ReadableByteChannel in;
  private ByteBuffer buffer = ByteBuffer.allocate(Frame.CHUNK).flip();

  public FrameReader(ReadableByteChannel in) {
    this.in = in;
  }

  /// The next frame, or empty when the peer closed between two frames. The payload is valid until
  /// the next call.
  ///
  /// @throws FrameException when the octets are no frame, or end within one
  public Optional<Frame> next() throws IOException {
    if (!fill(Frame.HEADER)) {
      return Optional.empty();
    }
    int version = buffer.get() & 0xff;
    if (version != Frame.VERSION) {
      throw new FrameException("frame of unknown version " + version);
    }
    int code = buffer.get() & 0xff;
    FrameKind kind =
        FrameKind.of(code).orElseThrow(() -> new FrameException("frame of unknown kind " + code));
    int request = buffer.getInt();
    int length = buffer.getInt();
    if (length < 0 || length > Frame.MAX_PAYLOAD) {
      throw new FrameException("frame with a payload of " + (length & 0xffffffffL) + " octets");
    }
    if (length > 0 && !fill(length)) {
      throw new FrameException("connection ended within a frame");
    }
    Frame frame = new Frame(kind, request, buffer.slice(buffer.position(), length));
    buffer.position(buffer.position() + length);
    return Optional.of(frame);
  }

  /// Reads until so many octets are there; false when the stream ended before the first.
  private boolean fill(int wanted) throws IOException {
    if (buffer.remaining() >= wanted) {
      return true;
    }
    if (buffer.capacity() < wanted) {
      buffer = ByteBuffer.allocate(wanted).put(buffer);
    } else {
      buffer.compact();
    }
    while (buffer.position() < wanted) {
      if (in.read(buffer) < 0) {
        if (buffer.position() == 0) {
          buffer.flip();
          return false;
        }
        throw new FrameException("connection ended within a frame");
      }
    }
    buffer.flip();
    return true;
  }
}
