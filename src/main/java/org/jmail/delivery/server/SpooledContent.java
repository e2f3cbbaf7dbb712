package org.jmail.delivery.server;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jmail.base.ipc.ContentStore;

/// Keeps small contents in memory, and in nameless files those that are larger or that would exceed
/// the memory set aside. Safe for use by many threads.
public final class SpooledContent implements ContentStore {

  private static final int SMALL = 64 * 1024;

  /// Where files go when the disk of the queue is full.
  private static final Path ELSEWHERE = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

  private final Path folder;
  private final long memoryLimit;
  private final AtomicLong memory = new AtomicLong();

  /// @param folder for the files; only this user may write there
  /// @param memoryLimit how many octets all contents together may take in memory
  public SpooledContent(Path folder, long memoryLimit) {
    this.folder = folder;
    this.memoryLimit = memoryLimit;
  }

  @Override
  public Incoming begin(long size) {
    if (size <= SMALL && memory.addAndGet(size) <= memoryLimit) {
      return new InMemory((int) size);
    }
    if (size <= SMALL) {
      memory.addAndGet(-size);
    }
    return new NamelessFile(folder, ELSEWHERE);
  }

  private final class InMemory implements Incoming, Stored {
    private final ByteBuffer octets;

    InMemory(int size) {
      this.octets = ByteBuffer.allocate(size);
    }

    @Override
    public void write(ByteBuffer more) {
      octets.put(more);
    }

    @Override
    public Stored finish() {
      return this;
    }

    @Override
    public long size() {
      return octets.capacity();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(octets.array());
    }

    @Override
    public void abandon() {
      close();
    }

    @Override
    public void close() {
      memory.addAndGet(-octets.capacity());
    }
  }
}
