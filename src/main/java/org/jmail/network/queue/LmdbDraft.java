package org.jmail.network.queue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.QueueId;
import org.jspecify.annotations.Nullable;

/// A message under way into the LMDB queue: in memory up to the inline limit, or less where many
/// are under way ([DraftMemory]), from then on in a file. Confined to one thread.
final class LmdbDraft implements QueueStore.Draft {

  /// So much memory everybody may have.
  private static final int FREE = 1024;

  private static final int FILE_BUFFER = 16 * 1024;

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
  public void commit(
      Envelope envelope,
      Origin origin,
      Instant arrival,
      QueueOptions options,
      Map<Integer, Outcome.Settled> settled)
      throws IOException {
    if (committed) {
      throw new IllegalStateException(id + ": committed already");
    }
    if (envelope.recipients().isEmpty()) {
      throw new IllegalArgumentException(id + ": no recipients");
    }
    FileChannel written = sink.file;
    if (written != null) {
      try (written) {
        sink.writeHeld(written);
        store.files().makeDurable(written);
      }
    }
    MessageRecord incoming =
        MessageRecord.incoming(envelope, origin, arrival, options, sink.size, sink.file != null);
    MessageRecord record = incoming.withCounts(incoming.left(), settled.size());
    store.insert(
        new InsertWrite(
            store,
            id,
            record,
            recipients(envelope, settled),
            Arrays.copyOf(sink.buffer, sink.held),
            replaced,
            submission));
    committed = true;
    sink.release();
  }

  private static List<StoredRecipient> recipients(
      Envelope envelope, Map<Integer, Outcome.Settled> settled) {
    List<StoredRecipient> recipients = new ArrayList<>();
    for (Recipient recipient : envelope.recipients()) {
      recipients.add(StoredRecipient.first(recipients.size(), recipient, settled));
    }
    return recipients;
  }

  @Override
  public void close() {
    if (!committed) {
      sink.discard();
    }
    sink.release();
  }

  /// Collects what is written: the content, or as long as there is a file what goes there next.
  private final class Sink extends OutputStream {
    private byte[] buffer = {};
    private int held;
    private long size;
    private long taken;
    private @Nullable FileChannel file;

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, octets.length);
      size += length;
      if (fits(length)) {
        System.arraycopy(octets, offset, buffer, held, length);
        held += length;
        return;
      }
      FileChannel target = file;
      if (target == null) {
        target = store.files().create(id);
        file = target;
      }
      writeHeld(target);
      if (fits(length)) {
        System.arraycopy(octets, offset, buffer, 0, length);
        held = length;
      } else {
        writeAll(target, ByteBuffer.wrap(octets, offset, length));
      }
    }

    /// Whether there is room for so many octets more, with more memory if need be.
    private boolean fits(int length) {
      long needed = (long) held + length;
      if (needed <= buffer.length) {
        return true;
      }
      long most = file == null ? store.settings().inlineLimit() : FILE_BUFFER;
      if (needed > most) {
        return false;
      }
      long wanted = Math.min(most, Math.max(FREE, Math.max(needed, 2L * buffer.length)));
      if (wanted > FREE && !store.memory().take(wanted - taken)) {
        return false;
      }
      taken = wanted > FREE ? wanted : 0;
      buffer = Arrays.copyOf(buffer, (int) wanted);
      return true;
    }

    private void writeHeld(FileChannel target) throws IOException {
      writeAll(target, ByteBuffer.wrap(buffer, 0, held));
      held = 0;
    }

    private void release() {
      store.memory().giveBack(taken);
      taken = 0;
      buffer = new byte[0];
      held = 0;
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
