package org.jmail.network.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jmail.base.lmdb.Cursor;
import org.jmail.base.lmdb.Database;
import org.jmail.base.lmdb.DatabaseFlag;
import org.jmail.base.lmdb.LmdbEnvironment;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.Transaction;
import org.jmail.base.lmdb.WriteTransaction;
import org.jmail.base.spool.QueueId;

/// The tables of the queue and the shape of their keys; all numbers big-endian, so that they sort.
///
/// - `messages`: id → [MessageRecord]
/// - `recipients`: id, index → [RecipientRecord]
/// - `contents`: id, number of the piece → octets
/// - `schedule`: next attempt (milliseconds), id → nothing
/// - `maildrop`: id → nothing; those in [QueueName#MAILDROP]
/// - `corrupt`: id → the octets that could not be read
/// - `submissions`: id of a submission (16 octets) → when its message was committed (milliseconds)
/// - `state`: name → value; `serial` holds the last id given out
record QueueTables(
    Database messages,
    Database recipients,
    Database contents,
    Database schedule,
    Database maildrop,
    Database corrupt,
    Database submissions,
    Database state) {

  static final int COUNT = 8;

  /// A piece fills one overflow page (4096 less its header of 16): no message ever needs two free
  /// pages side by side, so space that was freed anywhere can be used again.
  private static final int PIECE = 4080;

  private static final byte[] SERIAL = {'s', 'e', 'r', 'i', 'a', 'l'};

  static QueueTables open(LmdbEnvironment environment) throws LmdbException {
    return new QueueTables(
        environment.database("messages", DatabaseFlag.CREATE),
        environment.database("recipients", DatabaseFlag.CREATE),
        environment.database("contents", DatabaseFlag.CREATE),
        environment.database("schedule", DatabaseFlag.CREATE),
        environment.database("maildrop", DatabaseFlag.CREATE),
        environment.database("corrupt", DatabaseFlag.CREATE),
        environment.database("submissions", DatabaseFlag.CREATE),
        environment.database("state", DatabaseFlag.CREATE));
  }

  static byte[] key(QueueId id) {
    return ByteBuffer.allocate(8).putLong(id.key()).array();
  }

  static byte[] key(QueueId id, int number) {
    return ByteBuffer.allocate(12).putLong(id.key()).putInt(number).array();
  }

  static byte[] key(Due due) {
    return ByteBuffer.allocate(16)
        .putLong(due.when().toEpochMilli())
        .putLong(due.id().key())
        .array();
  }

  static QueueId id(byte[] key) {
    return QueueId.ofKey(ByteBuffer.wrap(key).getLong());
  }

  static Due due(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key);
    return new Due(Instant.ofEpochMilli(buffer.getLong()), QueueId.ofKey(buffer.getLong()));
  }

  private static boolean belongsTo(byte[] key, QueueId id) {
    return ByteBuffer.wrap(key).getLong() == id.key();
  }

  private static int number(byte[] key) {
    return ByteBuffer.wrap(key).getInt(8);
  }

  /// The last serial number that was given to a message.
  long lastSerial(Transaction transaction) throws LmdbException {
    long last =
        transaction.get(state, SERIAL).map(octets -> ByteBuffer.wrap(octets).getLong()).orElse(0L);
    try (Cursor cursor = transaction.cursor(messages)) {
      return cursor.last() ? Math.max(last, id(cursor.key()).serial()) : last;
    }
  }

  void putSerial(WriteTransaction transaction, long serial) throws LmdbException {
    transaction.put(state, SERIAL, ByteBuffer.allocate(8).putLong(serial).array());
  }

  void putSubmission(WriteTransaction transaction, String id, Instant when) throws LmdbException {
    transaction.put(
        submissions,
        HexFormat.of().parseHex(id),
        ByteBuffer.allocate(8).putLong(when.toEpochMilli()).array());
  }

  boolean hasSubmission(Transaction transaction, String id) throws LmdbException {
    return transaction.get(submissions, HexFormat.of().parseHex(id)).isPresent();
  }

  void removeSubmission(WriteTransaction transaction, String id) throws LmdbException {
    transaction.delete(submissions, HexFormat.of().parseHex(id));
  }

  void removeSubmissions(WriteTransaction transaction, Instant before) throws LmdbException {
    try (Cursor cursor = transaction.cursor(submissions)) {
      for (boolean more = cursor.first(); more; more = cursor.next()) {
        if (ByteBuffer.wrap(cursor.value()).getLong() < before.toEpochMilli()) {
          cursor.delete();
        }
      }
    }
  }

  Optional<MessageRecord> message(Transaction transaction, QueueId id)
      throws LmdbException, CorruptRecordException {
    Optional<byte[]> octets = transaction.get(messages, key(id));
    return octets.isEmpty() ? Optional.empty() : Optional.of(MessageRecord.parse(octets.get()));
  }

  /// Stores the record and keeps the schedule in step with it.
  void putMessage(
      WriteTransaction transaction, QueueId id, Optional<MessageRecord> old, MessageRecord record)
      throws LmdbException {
    boolean moved = old.isEmpty() || !old.get().nextAttempt().equals(record.nextAttempt());
    if (moved && old.isPresent() && old.get().scheduled()) {
      transaction.delete(schedule, key(new Due(old.get().nextAttempt(), id)));
    }
    if (moved && record.scheduled()) {
      transaction.put(schedule, key(new Due(record.nextAttempt(), id)), new byte[0]);
    }
    boolean requeued = record.queue() == QueueName.MAILDROP;
    boolean wasRequeued = old.isPresent() && old.get().queue() == QueueName.MAILDROP;
    if (requeued && !wasRequeued) {
      transaction.put(maildrop, key(id), new byte[0]);
    } else if (wasRequeued && !requeued) {
      transaction.delete(maildrop, key(id));
    }
    transaction.put(messages, key(id), record.toBytes());
  }

  void putRecipient(WriteTransaction transaction, QueueId id, StoredRecipient recipient)
      throws LmdbException {
    transaction.put(recipients, key(id, recipient.index()), RecipientRecord.toBytes(recipient));
  }

  Optional<StoredRecipient> recipient(Transaction transaction, QueueId id, int index)
      throws LmdbException, CorruptRecordException {
    Optional<byte[]> octets = transaction.get(recipients, key(id, index));
    return octets.isEmpty()
        ? Optional.empty()
        : Optional.of(RecipientRecord.parse(index, octets.get()));
  }

  List<StoredRecipient> recipients(Transaction transaction, QueueId id)
      throws LmdbException, CorruptRecordException {
    List<StoredRecipient> found = new ArrayList<>();
    try (Cursor cursor = transaction.cursor(recipients)) {
      for (boolean more = cursor.seek(key(id));
          more && belongsTo(cursor.key(), id);
          more = cursor.next()) {
        found.add(RecipientRecord.parse(number(cursor.key()), cursor.value()));
      }
    }
    return found;
  }

  void putContent(WriteTransaction transaction, QueueId id, byte[] content) throws LmdbException {
    for (int from = 0, piece = 0; from < content.length; from += PIECE, piece++) {
      byte[] octets =
          java.util.Arrays.copyOfRange(content, from, Math.min(from + PIECE, content.length));
      transaction.put(contents, key(id, piece), octets);
    }
  }

  byte[] content(Transaction transaction, QueueId id, int size) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(size);
    try (Cursor cursor = transaction.cursor(contents)) {
      for (boolean more = cursor.seek(key(id));
          more && belongsTo(cursor.key(), id) && cursor.value().length <= content.remaining();
          more = cursor.next()) {
        content.put(cursor.value());
      }
    }
    if (content.hasRemaining()) {
      throw new IOException(id + ": content is incomplete");
    }
    return content.array();
  }

  /// Removes all of a message but a content that is a file.
  void remove(WriteTransaction transaction, QueueId id, Optional<MessageRecord> old)
      throws LmdbException {
    if (old.isPresent() && old.get().scheduled()) {
      transaction.delete(schedule, key(new Due(old.get().nextAttempt(), id)));
    }
    transaction.delete(messages, key(id));
    if (old.isEmpty() || old.get().queue() == QueueName.MAILDROP) {
      transaction.delete(maildrop, key(id));
    }
    removeAll(transaction, recipients, id);
    if (old.isEmpty() || !old.get().inFile()) {
      removeAll(transaction, contents, id);
    }
    if (old.isEmpty() || old.get().queue() == QueueName.CORRUPT) {
      transaction.delete(corrupt, key(id));
      removeAll(transaction, contents, id);
    }
  }

  private static void removeAll(WriteTransaction transaction, Database database, QueueId id)
      throws LmdbException {
    try (Cursor cursor = transaction.cursor(database)) {
      for (boolean more = cursor.seek(key(id));
          more && belongsTo(cursor.key(), id);
          more = cursor.next()) {
        cursor.delete();
      }
    }
  }

  /// Replaces a record that cannot be read by one that says so, and keeps the old octets. Its time
  /// is not known any more, so the whole schedule is looked through.
  void setAside(WriteTransaction transaction, QueueId id) throws LmdbException {
    Optional<byte[]> octets = transaction.get(messages, key(id));
    if (octets.isEmpty()) {
      return;
    }
    transaction.put(corrupt, key(id), octets.get());
    transaction.put(messages, key(id), MessageRecord.corrupt(id).toBytes());
    transaction.delete(maildrop, key(id));
    try (Cursor cursor = transaction.cursor(schedule)) {
      for (boolean more = cursor.first(); more; more = cursor.next()) {
        if (due(cursor.key()).id().equals(id)) {
          cursor.delete();
        }
      }
    }
  }
}
