package org.jmail.command.postfix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.MasterLock;

/// One instance of jmail: its configuration, and whether it runs. Postfix counterpart: `master -t`.
///
/// @param directory of main.cf
record Instance(Path directory, Config config, Path queueDirectory) {

  static Instance of(Path directory, Config config) throws BadValueException {
    return new Instance(directory, config, Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)));
  }

  /// Whether the caller may run it: root may run all, anybody else what lies in a main.cf or a
  /// queue of his own.
  boolean isOurs() {
    int uid = Posix.geteuid();
    return uid == 0
        || isOwnedBy(uid, directory.resolve("main.cf"))
        || isOwnedBy(uid, queueDirectory);
  }

  private static boolean isOwnedBy(int uid, Path path) {
    try {
      return Integer.valueOf(uid).equals(Files.getAttribute(path, "unix:uid"));
    } catch (IOException e) {
      return false;
    }
  }

  /// The process that runs this instance: it holds the lock of the file that names it.
  OptionalLong pid() throws Refusal {
    try {
      return MasterLock.holder(pidFile());
    } catch (IOException e) {
      throw new Refusal("cannot tell what runs: " + e.getMessage(), e);
    }
  }

  /// Completes when a process that was seen by [#pid] has ended: when its lock can be had.
  CompletableFuture<Void> end(ProcessHandle daemon) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("await-end")
        .start(() -> {
          try (FileChannel channel = FileChannel.open(pidFile(), StandardOpenOption.WRITE);
              FileLock lock = channel.lock()) {
            lock.release();
          } catch (IOException e) {
            ended.completeExceptionally(e);
            return;
          }
          try {
            if (MasterLock.holder(pidFile()).isPresent()) {
              daemon.onExit().join(); // a Postfix, which has flock's lock only
            }
          } catch (IOException e) {
            // A lock whose holder cannot be seen is no longer the daemon's.
          }
          ended.complete(null);
        });
    return ended;
  }

  private Path pidFile() {
    return MasterLock.pidFile(queueDirectory);
  }
}
