package org.jmail.network.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.lmdb.Cursor;
import org.jmail.base.lmdb.LmdbEnvironment;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.ReadTransaction;
import org.jmail.base.message.Content;
import org.jmail.base.spool.QueueId;

/// What is read of the queue. Each read is a snapshot that ends before its method returns, so that
/// no slow reader keeps freed pages from being used again. Safe for use by many threads.
final class QueueReader {

  private static final int RECIPIENTS_A_PAGE = 10_000;

  private final LmdbEnvironment environment;
  private final QueueTables tables;
  private final ContentFiles files;
  private final RecentContents recent;

  QueueReader(
      LmdbEnvironment environment, QueueTables tables, ContentFiles files, RecentContents recent) {
    this.environment = environment;
    this.tables = tables;
    this.files = files;
    this.recent = recent;
  }

  Optional<StoredMessage> find(QueueId id) throws LmdbException, CorruptRecordException {
    try (ReadTransaction transaction = environment.read()) {
      Optional<MessageRecord> record = tables.message(transaction, id);
      if (record.isEmpty() || record.get().queue() == QueueName.CORRUPT) {
        return Optional.empty();
      }
      return Optional.of(record.get().toMessage(id, tables.recipients(transaction, id)));
    }
  }

  Content content(QueueId id) throws IOException {
    Optional<byte[]> known = recent.get(id);
    return known.isPresent() ? Content.of(known.get()) : new StoredContent(id, record(id).size());
  }

  private MessageRecord record(QueueId id) throws IOException {
    try (ReadTransaction transaction = environment.read()) {
      return tables.message(transaction, id).orElseThrow(() -> ContentFiles.gone(id));
    } catch (CorruptRecordException e) {
      throw new IOException(id + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private InputStream open(QueueId id) throws IOException {
    MessageRecord record = record(id);
    if (record.inFile()) {
      return files.open(id);
    }
    try (ReadTransaction transaction = environment.read()) {
      return new ByteArrayInputStream(tables.content(transaction, id, (int) record.size()));
    }
  }

  private final class StoredContent implements Content {
    private final QueueId id;
    private final long size;

    StoredContent(QueueId id, long size) {
      this.id = id;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public InputStream open() throws IOException {
      return QueueReader.this.open(id);
    }
  }

  List<Due> due(Due after, Instant until, int limit) throws IOException {
    List<Due> found = new ArrayList<>();
    try (ReadTransaction transaction = environment.read();
        Cursor cursor = transaction.cursor(tables.schedule())) {
      for (boolean more = cursor.seek(QueueTables.key(after));
          more && found.size() < limit;
          more = cursor.next()) {
        Due due = QueueTables.due(cursor.key());
        if (due.when().isAfter(until)) {
          break;
        }
        if (due.compareTo(after) > 0) {
          found.add(due);
        }
      }
    }
    return found;
  }

  List<StoredMessage> list(QueueId after, int limit) throws IOException {
    List<StoredMessage> page = new ArrayList<>();
    int recipients = 0;
    try (ReadTransaction transaction = environment.read();
        Cursor cursor = transaction.cursor(tables.messages())) {
      for (boolean more = cursor.seek(QueueTables.key(after));
          more && page.size() < limit && recipients < RECIPIENTS_A_PAGE;
          more = cursor.next()) {
        QueueId id = QueueTables.id(cursor.key());
        if (id.compareTo(after) > 0) {
          StoredMessage message = listed(transaction, id, cursor.value());
          page.add(message);
          recipients += message.recipients().size();
        }
      }
    }
    return page;
  }

  private StoredMessage listed(ReadTransaction transaction, QueueId id, byte[] octets)
      throws LmdbException {
    try {
      return MessageRecord.parse(octets).toMessage(id, tables.recipients(transaction, id));
    } catch (CorruptRecordException e) {
      return MessageRecord.corrupt(id).toMessage(id, List.of());
    }
  }

  List<QueueId> requeued(QueueId after, int limit) throws IOException {
    List<QueueId> found = new ArrayList<>();
    try (ReadTransaction transaction = environment.read();
        Cursor cursor = transaction.cursor(tables.maildrop())) {
      for (boolean more = cursor.seek(QueueTables.key(after));
          more && found.size() < limit;
          more = cursor.next()) {
        QueueId id = QueueTables.id(cursor.key());
        if (id.compareTo(after) > 0) {
          found.add(id);
        }
      }
    }
    return found;
  }
}
