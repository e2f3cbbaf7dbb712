package org.jmail.base.spool;

import java.io.IOException;
import java.util.List;

/// What mailq, postqueue, postsuper and postcat ask of the queue: of the running mail system, or of
/// the queue itself while that is down. For one thread.
public interface QueueTools extends AutoCloseable {

  /// Who gets a listing, as it comes.
  interface Listing {
    void message(ListedMessage message) throws IOException;

    /// One more recipient of the message before.
    void recipient(ListedRecipient recipient) throws IOException;
  }

  /// Who gets the records of a message, as they come.
  interface Records {
    /// Comes first: where a queue file of this message would be, `deferred/1/123456789A`.
    void path(String path) throws IOException;

    void record(QueueFileRecord record) throws IOException;
  }

  /// Who hears which messages were changed.
  interface Changes {
    void changed(String queueId) throws IOException;
  }

  /// The whole queue.
  void list(Listing listing) throws IOException;

  /// Has all deferred mail tried now.
  void flush() throws IOException;

  /// Has one message tried now, if it is there and not on hold.
  void flushMessage(String queueId) throws IOException;

  /// Has all mail for a destination tried now.
  ///
  /// @return false when fast_flush_domains does not have it
  boolean flushSite(String site) throws IOException;

  /// Does something to the messages with these ids, as far as they are in one of these queues.
  void change(QueueAction action, List<String> queues, List<String> ids, Changes changes)
      throws IOException;

  /// Does something to every message in these queues; returns to how many.
  long changeAll(QueueAction action, List<String> queues) throws IOException;

  /// Gives a message record by record; returns false when there is none of this id.
  boolean records(String queueId, Records records) throws IOException;

  @Override
  void close() throws IOException;
}
