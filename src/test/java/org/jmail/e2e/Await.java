package org.jmail.e2e;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Waits for what happens in a folder: looks, and looks again whenever the kernel says that
/// something there was made, written or removed.
final class Await {

  private static final long LOOK_ANYWAY_MILLIS = 500;

  private Await() {}

  /// The first present answer of `look`; a failure that shows `state` when the limit passes first.
  static <T> T until(
      Path folder, Duration limit, Supplier<Optional<T>> look, Supplier<String> state) {
    long end = System.nanoTime() + limit.toNanos();
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
      while (true) {
        Optional<T> found = look.get();
        if (found.isPresent()) {
          return found.get();
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("not within " + limit + ": " + state.get());
        }
        WatchKey key = watch.poll(Math.min(left, LOOK_ANYWAY_MILLIS), TimeUnit.MILLISECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    } catch (IOException e) {
      throw new AssertionError("cannot watch " + folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(state.get(), e);
    }
  }
}
