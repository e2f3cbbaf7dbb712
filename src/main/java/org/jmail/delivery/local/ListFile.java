package org.jmail.delivery.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.Stat;

/// A .forward or :include: file, read with its reader's rights. Neither a fifo nor a device can
/// hold up who reads it.
final class ListFile {

  private static final int BIGGEST = 64 * 1024 * 1024;
  private static final int WRITABLE_BY_OTHERS = 002;

  private ListFile() {}

  /// What makes a file unfit, in Postfix's words; empty when it is fit.
  static String defect(Stat stat) {
    if (!stat.isRegular()) {
      return "is not a regular file";
    }
    return (stat.mode() & WRITABLE_BY_OTHERS) != 0 ? "is world writable" : "";
  }

  /// The whole text, if the file that is open now is still the one that was looked at.
  static String read(String path, Stat expected) throws IOException {
    try (PosixFile file = PosixFile.open(path, PosixFile.RDONLY | PosixFile.NONBLOCK, 0)) {
      Stat open = file.stat();
      if (!open.sameFile(expected) || !open.isRegular()) {
        throw new PosixException("changed while it was opened: " + path, Errno.EPERM);
      }
      if (open.size() > BIGGEST) {
        throw new PosixException("read " + path, Errno.EFBIG);
      }
      StringBuilder text = new StringBuilder((int) open.size());
      byte[] piece = new byte[64 * 1024];
      for (int count = file.read(piece); count > 0; count = file.read(piece)) {
        text.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
        if (text.length() > BIGGEST) {
          throw new PosixException("read " + path, Errno.EFBIG);
        }
      }
      return text.toString();
    }
  }

  /// The lines that are no comments. A line longer than the limit continues as another one
  /// (line_length_limit).
  static List<String> lines(String text, int limit) {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      int cut = Math.min(end, start + limit);
      String line = text.substring(start, cut);
      if (!line.startsWith("#")) {
        lines.add(line);
      }
      start = cut == end ? end + 1 : cut;
    }
    return lines;
  }
}
