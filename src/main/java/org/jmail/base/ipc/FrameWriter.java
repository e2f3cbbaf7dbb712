package org.jmail.base.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Writes frames; safe for use by many threads. Frames given together stay together. Buffers, and
/// empties the buffer when nobody else is waiting to write: under load many requests share one
/// system call, and a lone request never waits.
public final class FrameWriter {

  private final WritableByteChannel out;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer buffer = ByteBuffer.allocate(Frame.CHUNK);

  public FrameWriter(WritableByteChannel out) {
    this.out = out;
  }

  /// Sends the frames; returns when they are written or will be by a thread that waits already.
  public void write(List<Frame> frames) throws IOException {
    lock.lock();
    try {
      for (Frame frame : frames) {
        put(frame);
      }
      if (!lock.hasQueuedThreads()) {
        flush();
      }
    } finally {
      lock.unlock();
    }
  }

  private void put(Frame frame) throws IOException {
    if (buffer.remaining() < Frame.HEADER) {
      flush();
    }
    buffer
        .put((byte) Frame.VERSION)
        .put((byte) frame.kind().code())
        .putInt(frame.request())
        .putInt(frame.payload().remaining());
    ByteBuffer payload = frame.payload().duplicate();
    if (payload.remaining() > buffer.remaining()) {
      flush();
    }
    if (payload.remaining() > buffer.remaining()) {
      while (payload.hasRemaining()) {
        out.write(payload);
      }
    } else {
      buffer.put(payload);
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    } finally {
      buffer.clear();
    }
  }
}
