package org.jmail.network.queue;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jmail.base.message.Content;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.spool.QueueId;

/// The queue: every message that is ours and not yet delivered. Whatever a method that changes
/// something returns from is on disk. Safe for use by many threads; methods block, and a virtual
/// thread that blocks here holds no carrier while it waits for a commit.
///
/// Where a method says [IOException], the queue could not be read or written, and nothing changed.
public interface QueueStore extends AutoCloseable {

  /// A new message under way. It has an id, and nothing of it is in the queue until it is
  /// committed.
  ///
  /// @throws QueueFullException when the queue takes no more for now
  Draft begin() throws IOException;

  /// The same for a submission that may come a second time, because its submitter did not hear that
  /// the first was taken ([org.jmail.base.spool.Submission#id]). The commit notes the id.
  Draft begin(String submission) throws IOException;

  /// Whether the message of a submission was committed, whatever became of it since.
  boolean wasSubmitted(String submission) throws IOException;

  /// The submission cannot come again; need not be on disk when this returns. What is never
  /// forgotten in this way is dropped after a week.
  void forgetSubmission(String submission);

  /// A new message that replaces recipients of another: its commit records the outcome too, so that
  /// either both happened or neither. The commit fails with [MessageGoneException] when none of the
  /// outcome's recipients is there any more.
  Draft beginReplacing(Outcome outcome) throws IOException;

  /// Records what an attempt did. Waits for space when there is none: a message that was delivered
  /// must not stay in the queue because the disk is full.
  void record(Outcome outcome) throws IOException;

  /// A message as it stands now; empty when it is not (any more) in the queue. One that cannot be
  /// read is moved aside to [QueueName#CORRUPT], with a log line, and is empty here.
  Optional<StoredMessage> find(QueueId id) throws IOException;

  /// The content. Reads from the stream fail with [java.io.FileNotFoundException] when the message
  /// leaves the queue meanwhile.
  Content content(QueueId id) throws IOException;

  /// At most `limit` entries of the schedule, later in it than `after`, due at `until` or before.
  List<Due> due(Due after, Instant until, int limit) throws IOException;

  /// The first entry of the schedule later in it than `after`.
  default Optional<Due> firstDue(Due after) throws IOException {
    return due(after, Instant.ofEpochMilli(Long.MAX_VALUE), 1).stream().findFirst();
  }

  /// Messages with ids after the given one, in the order of ids; at least one and about `limit` of
  /// them, fewer when they have many recipients; empty at the end. Includes what is on hold, and
  /// what is corrupt with no recipients.
  List<StoredMessage> list(QueueId after, int limit) throws IOException;

  /// Does what an operator asks, to the messages that are there and that it makes sense for;
  /// returns which those were. One commit.
  List<QueueId> change(Collection<QueueId> ids, QueueChange change, Instant now) throws IOException;

  /// At most `limit` messages in [QueueName#MAILDROP] with ids after the given one, in the order of
  /// ids.
  List<QueueId> requeued(QueueId after, int limit) throws IOException;

  /// An id that no message of now comes after, and that every later message comes after: the end
  /// for who goes through the queue and makes new messages as he goes.
  QueueId newest();

  /// Who is told of each committed message that is due at once, after its commit and on the thread
  /// that made it durable: he must not block.
  void onCommit(Consumer<StoredMessage> listener);

  /// Ends after what has been asked for is on disk.
  @Override
  void close();

  /// A message under way; used by one thread.
  interface Draft extends AutoCloseable {

    /// Its name, for `Received:` and the log.
    QueueId id();

    /// Where the content goes; lines end with LF. Its writes throw [QueueFullException] when there
    /// is no space. Collects small writes.
    OutputStream content();

    /// Makes the message ours; returns when it is on disk. Recipients get the indexes 0, 1, …
    ///
    /// @throws QueueFullException when there is no space; nothing was queued
    default void commit(Envelope envelope, Origin origin, Instant arrival, QueueOptions options)
        throws IOException {
      commit(envelope, origin, arrival, options, Map.of());
    }

    /// The same when some recipients, by their indexes, are not to be tried: their sender is to be
    /// told of them, that is all.
    void commit(
        Envelope envelope,
        Origin origin,
        Instant arrival,
        QueueOptions options,
        Map<Integer, Outcome.Settled> settled)
        throws IOException;

    /// Forgets the message unless it was committed.
    @Override
    void close();
  }
}
