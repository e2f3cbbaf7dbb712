package org.jmail.command.postfix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;

/// One instance of jmail: its configuration, and whether it runs. Postfix counterpart: `master -t`.
///
/// @param directory of main.cf
record Instance(Path directory, Config config, Path queueDirectory) {

  static Instance of(Path directory, Config config) throws BadValueException {
    return new Instance(directory, config, Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)));
  }

  /// The process that runs this instance: it holds the lock of the file that names it.
  OptionalLong pid() throws Refusal {
    try (FileChannel channel = FileChannel.open(pidFile(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null ? OptionalLong.empty() : OptionalLong.of(readPid());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new Refusal("cannot open " + pidFile() + ": " + e.getMessage(), e);
    }
  }

  /// Completes when the instance has ended: when its lock can be had.
  CompletableFuture<Void> end() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("await-end")
        .start(() -> {
          try (FileChannel channel = FileChannel.open(pidFile(), StandardOpenOption.WRITE);
              FileLock lock = channel.lock()) {
            lock.release();
            ended.complete(null);
          } catch (IOException e) {
            ended.completeExceptionally(e);
          }
        });
    return ended;
  }

  private Path pidFile() {
    return queueDirectory.resolve("pid").resolve("master.pid");
  }

  private long readPid() throws IOException, Refusal {
    String text = Files.readString(pidFile(), StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("\\d{1,10}")) {
      throw new Refusal(pidFile() + " holds no process number");
    }
    return Long.parseLong(text);
  }
}
