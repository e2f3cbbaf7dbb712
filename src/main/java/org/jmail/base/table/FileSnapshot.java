package org.jmail.base.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a text file says, read again when the file has changed: each lookup asks for the file's
/// inode, time and size. A file changed within the last second may be half written: until it has
/// cooled down, lookups go on with what was read before (Postfix waits instead).
final class FileSnapshot<T> {

  /// Makes something of a file's contents.
  interface Loader<T> {
    T load(LogicalLines lines) throws IOException, TableException;
  }

  private record State<T>(FileStamp stamp, boolean hot, TableOwner owner, T value) {}

  private final Path path;
  private final String problem;
  private final TableContext context;
  private final Loader<T> loader;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable State<T> state;

  /// @param problem how messages begin, such as `open database /etc/x`
  FileSnapshot(String path, String problem, TableContext context, Loader<T> loader)
      throws TableException {
    this.path = Path.of(path);
    this.problem = problem;
    this.context = context;
    this.loader = loader;
    load();
  }

  /// What the file says now.
  T current() throws TableException {
    return load().value;
  }

  TableOwner owner() throws TableException {
    return load().owner;
  }

  private State<T> load() throws TableException {
    try {
      FileStamp stamp = FileStamp.of(path);
      Optional<State<T>> good = usable(stamp);
      if (good.isPresent()) {
        return good.get();
      }
      loading.lock();
      try {
        good = usable(stamp);
        if (good.isPresent()) {
          return good.get();
        }
        State<T> fresh = read();
        state = fresh;
        return fresh;
      } finally {
        loading.unlock();
      }
    } catch (IOException e) {
      throw new TableException(problem + ": " + FileErrors.text(e), e);
    }
  }

  private Optional<State<T>> usable(FileStamp stamp) {
    State<T> known = state;
    if (known == null) {
      return Optional.empty();
    }
    boolean hot = stamp.isHot();
    boolean good = known.stamp.equals(stamp) ? !known.hot || hot : hot;
    return good ? Optional.of(known) : Optional.empty();
  }

  private State<T> read() throws IOException, TableException {
    FileStamp before = FileStamp.of(path);
    byte[] octets = Files.readAllBytes(path);
    LogicalLines lines =
        new LogicalLines(new ByteArrayInputStream(octets), path.toString(), context.warning());
    return new State<>(before, before.isHot(), FileOwner.of(path), loader.load(lines));
  }
}
