package org.jmail.network.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jmail.base.lmdb.LmdbException;

/// Disk blocks that belong to the data file before LMDB needs them: while new messages are refused
/// for want of space, crossing off delivered ones still finds room (LMDB copies the pages it
/// changes). It also spares most commits the change of the file's length. Written by the writer's
/// thread; read by all.
final class DiskReserve {

  private static final int PAGE = 4096;
  private static final long LEAST = 1L << 20;
  private static final long STEP = 4L << 20;
  private static final long RECHECK_NANOS = 1_000_000_000L;
  private static final int EIO = 5;
  private static final int ENOSPC = 28;
  private static final int EDQUOT = 122;

  private final Path file;
  private volatile boolean full;
  private volatile long checkedAt;

  DiskReserve(Path file) {
    this.file = file;
  }

  /// Whether an error says that the file system or the quota is full. LMDB reports a short write as
  /// EIO, and a write is short when only part of it fits.
  static boolean isFull(LmdbException e) {
    return e.code() == ENOSPC || e.code() == EDQUOT || e.code() == EIO;
  }

  /// Whether an I/O error says so.
  static boolean isFull(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded");
  }

  /// Makes sure that there is room behind the last page in use.
  void keep(long lastPage) {
    if (full && System.nanoTime() - checkedAt < RECHECK_NANOS) {
      return;
    }
    long used = (lastPage + 1) * PAGE;
    try {
      long size = Files.size(file);
      if (size - used < LEAST) {
        extend(size, used + LEAST + STEP);
      }
      full = false;
    } catch (IOException e) {
      exhausted();
    }
  }

  private void extend(long from, long to) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 16);
      for (long at = from; at < to; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
        at += channel.write(zeros, at);
      }
      channel.force(true);
    }
  }

  /// Remembers that the disk is full.
  void exhausted() {
    full = true;
    checkedAt = System.nanoTime();
  }

  /// Refuses a new message while the reserve cannot be kept.
  ///
  /// @return whether it is time to look again
  boolean admit() throws QueueFullException {
    if (!full) {
      return false;
    }
    if (System.nanoTime() - checkedAt >= RECHECK_NANOS) {
      return true;
    }
    throw new QueueFullException("no space left in the file system of the mail queue");
  }
}
