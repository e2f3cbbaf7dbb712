package org.jmail.network.queue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.spool.QueueId;
import org.jspecify.annotations.Nullable;

/// A message under way into the LMDB queue: in memory up to the inline limit, from then on in a
/// file. Confined to one thread.
final class LmdbDraft implements QueueStore.Draft {

  private final LmdbQueueStore store;
  private final QueueId id;
  private final Optional<Outcome> replaced;
  private final Optional<String> submission;
  private final Sink sink = new Sink();
  private boolean committed;

  LmdbDraft(
      LmdbQueueStore store, QueueId id, Optional<Outcome> replaced, Optional<String> submission) {
    this.submission = submission;
    this.store = store;
    this.id = id;
    this.replaced = replaced;
  }

  @Override
  public QueueId id() {
    return id;
  }

  @Override
  public OutputStream content() {
    return sink;
  }

  @Override
  public void commit(Envelope envelope, Origin origin, Instant arrival, QueueOptions options)
      throws IOException {
    if (committed) {
      throw new IllegalStateException(id + ": committed already");
    }
    if (envelope.recipients().isEmpty()) {
      throw new IllegalArgumentException(id + ": no recipients");
    }
    if (sink.file != null) {
      try (FileChannel file = sink.file) {
        store.files().makeDurable(file);
      }
    }
    MessageRecord record =
        MessageRecord.incoming(envelope, origin, arrival, options, sink.size, sink.file != null);
    store.insert(
        new InsertWrite(
            store, id, record, envelope, sink.memory.toByteArray(), replaced, submission));
    committed = true;
  }

  @Override
  public void close() {
    if (!committed) {
      sink.discard();
    }
  }

  private final class Sink extends OutputStream {
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private long size;

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, octets.length);
      size += length;
      if (file == null && size <= store.settings().inlineLimit()) {
        memory.write(octets, offset, length);
        return;
      }
      FileChannel target = file;
      if (target == null) {
        target = store.files().create(id);
        file = target;
        writeAll(target, ByteBuffer.wrap(memory.toByteArray()));
        memory = new ByteArrayOutputStream(0);
      }
      writeAll(target, ByteBuffer.wrap(octets, offset, length));
    }

    private void writeAll(FileChannel target, ByteBuffer octets) throws IOException {
      try {
        while (octets.hasRemaining()) {
          target.write(octets);
        }
      } catch (IOException e) {
        throw DiskReserve.isFull(e)
            ? new QueueFullException("queue file system is full: " + e.getMessage(), e)
            : e;
      }
    }

    private void discard() {
      if (file != null) {
        try {
          file.close();
          store.files().remove(id);
        } catch (IOException e) {
          store.log().warning(id + ": remove unfinished content: " + e.getMessage());
        }
      }
    }
  }
}
