package org.jmail.base.ipc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Keeps contents in memory.
final class MemoryStore implements ContentStore {

  @Override
  public Incoming begin(long size) {
    return new Kept();
  }

  private static final class Kept implements Incoming, Stored {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    @Override
    public void write(ByteBuffer more) {
      byte[] copy = new byte[more.remaining()];
      more.get(copy);
      octets.writeBytes(copy);
    }

    @Override
    public Stored finish() {
      return this;
    }

    @Override
    public long size() {
      return octets.size();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(octets.toByteArray());
    }

    @Override
    public void abandon() {}

    @Override
    public void close() {}
  }
}
