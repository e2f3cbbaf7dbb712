package org.jmail.network.queue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.WriteTransaction;

/// One change to the queue, on its way into a commit with others.
abstract class Write {

  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /// Makes the change. It may be called again after the transaction was undone, so it starts anew
  /// each time; what it throws other than [LmdbException] it throws before it has changed anything.
  ///
  /// @throws MessageGoneException when there is nothing to change
  /// @throws CorruptRecordException when what is to be changed cannot be read
  abstract void apply(WriteTransaction transaction)
      throws LmdbException, MessageGoneException, CorruptRecordException;

  /// Runs on the writer's thread once the change is on disk, before anybody is told.
  void committed() {}

  /// Whether it may be refused when the disk is full. What is not waits until there is space.
  boolean mayBeRefused() {
    return false;
  }

  /// Octets it brings, so that one commit stays of bounded size.
  long octets() {
    return 0;
  }

  final void succeed() {
    done.complete(null);
  }

  final void fail(IOException why) {
    done.completeExceptionally(why);
  }

  /// Waits until it is on disk. Holds no carrier when called on a virtual thread.
  final void await() throws IOException {
    try {
      done.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case QueueFullException full -> throw full;
        case MessageGoneException gone -> throw gone;
        case null -> throw new IOException("queue: not written", e);
        case Throwable other -> throw new IOException("queue: " + other.getMessage(), e);
      }
    }
  }
}
