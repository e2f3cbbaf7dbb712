package org.jmail.base.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the main database of one LMDB data file (format 1, 64 bit) by plain reads: no native code,
/// no memory map, no lock. What a stranger wrote into the file can make a lookup fail, and can
/// never make it touch other memory; a file cut short under us is an exception, not SIGBUS. See
/// docs/adr/0014. Safe for many threads.
///
/// Why no lock is needed: LMDB never writes to a page that the last commit refers to. A lookup
/// reads the newest meta page, walks the tree and reads the meta pages again: if nothing was
/// committed meanwhile, what it saw was that commit; otherwise it starts anew.
public final class LmdbFile implements AutoCloseable {

  private static final int MOST_ATTEMPTS = 1000;

  /// Pages kept in memory: about a megabyte a table.
  private static final int MOST_KNOWN = 256;

  /// One key with its value; the receiver owns the arrays.
  public static final class Entry {
    private final byte[] key;
    private final byte[] value;

    Entry(byte[] key, byte[] value) {
      this.key = key;
      this.value = value;
    }

    public byte[] key() {
      return key;
    }

    public byte[] value() {
      return value;
    }
  }

  /// Pages of one commit, which cannot change as long as it is the newest.
  private record Known(LmdbMeta snapshot, Map<Long, LmdbPage> pages) {}

  private interface Walk<T> {
    T through(LmdbTree tree) throws IOException;
  }

  private final DataFile file;
  private volatile Known newest = new Known(LmdbMeta.NONE, Map.of());

  private LmdbFile(DataFile file) {
    this.file = file;
  }

  /// Opens a data file for reading.
  ///
  /// @throws NotLmdbException when it holds something else
  public static LmdbFile open(Path path) throws IOException {
    DataFile octets = DataFile.open(path);
    try {
      LmdbFile file = new LmdbFile(octets);
      file.snapshot();
      return file;
    } catch (IOException | RuntimeException e) {
      octets.close();
      throw e;
    }
  }

  /// The value of the first of the keys that is there, all seen in one commit.
  public Optional<byte[]> first(List<byte[]> keys) throws IOException {
    return consistent(tree -> {
      Optional<byte[]> value = Optional.empty();
      for (int i = 0; i < keys.size() && value.isEmpty(); i++) {
        value = tree.find(keys.get(i));
      }
      return value;
    });
  }

  /// The entries of the first leaf page that has keys greater than `after`, in key order; from the
  /// beginning when `after` is empty. No entries: there are none.
  public List<Entry> next(byte[] after) throws IOException {
    return consistent(tree -> tree.after(after));
  }

  /// Forgets what was read: the file was changed, perhaps by something that is not LMDB.
  public void forget() {
    newest = new Known(newest.snapshot(), new ConcurrentHashMap<>());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private <T> T consistent(Walk<T> walk) throws IOException {
    for (int attempt = 1; ; attempt++) {
      LmdbMeta before = snapshot();
      Known known = known(before);
      LmdbTree tree = new LmdbTree(file, before, known.pages());
      IOException failure;
      try {
        T answer = walk.through(tree);
        if (!tree.hasRead() || snapshot().equals(before)) {
          remember(tree.pagesRead(), known);
          return answer;
        }
        failure = file.damaged("it changes faster than it can be read");
      } catch (NotLmdbException e) {
        if (snapshot().equals(before)) {
          throw e;
        }
        failure = e;
      }
      if (attempt == MOST_ATTEMPTS) {
        throw failure;
      }
    }
  }

  private Known known(LmdbMeta snapshot) {
    Known known = newest;
    if (!known.snapshot().equals(snapshot)) {
      known = new Known(snapshot, new ConcurrentHashMap<>());
      newest = known;
    }
    return known;
  }

  private static void remember(Map<Long, LmdbPage> read, Known known) {
    if (!read.isEmpty() && known.pages().size() < MOST_KNOWN) {
      known.pages().putAll(read);
    }
  }

  /// The newest commit: the greater of the two meta pages.
  private LmdbMeta snapshot() throws IOException {
    int pageSize = newest.snapshot().pageSize();
    if (pageSize == 0) {
      ByteBuffer first = ByteBuffer.allocate(LmdbMeta.SIZE);
      file.read(first, 0);
      pageSize = meta(first).pageSize();
    }
    ByteBuffer both = ByteBuffer.allocate(pageSize + LmdbMeta.SIZE);
    file.read(both, 0);
    LmdbMeta zero = meta(both.slice(0, LmdbMeta.SIZE));
    LmdbMeta one = meta(both.slice(pageSize, LmdbMeta.SIZE));
    return one.transaction() > zero.transaction() ? one : zero;
  }

  private LmdbMeta meta(ByteBuffer octets) throws NotLmdbException {
    return LmdbMeta.of(octets.order(ByteOrder.nativeOrder()), file::damaged);
  }
}
