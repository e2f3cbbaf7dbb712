package org.jmail.base.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

  /// MDB_INVALID; not taken from [LmdbLibrary], which would load it.
  private static final int INVALID = -30793;

  private static final int HEADER = 16;
  private static final int BRANCH = 1;
  private static final int LEAF = 2;
  private static final int OVERFLOW = 4;
  private static final int META = 8;
  private static final int DEEPEST = 16;
  private static final int MOST_ATTEMPTS = 1000;

  /// Pages kept in memory: about a megabyte a table.
  private static final int MOST_KNOWN = 256;

  private static final long NO_PAGE = -1;

  /// One key with its value; the receiver owns the arrays.
  public static final class Entry {
    private final byte[] key;
    private final byte[] value;

    private Entry(byte[] key, byte[] value) {
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

  /// One walk through the tree: what it sees, and what it had to read for it.
  private static final class View {
    final LmdbMeta snapshot;
    final Map<Long, LmdbPage> known;
    final Map<Long, LmdbPage> read = new HashMap<>();
    boolean readValue;

    View(Known known) {
      this.snapshot = known.snapshot;
      this.known = known.pages;
    }
  }

  private interface Walk<T> {
    T through(View view) throws IOException;
  }

  private final Path path;
  private final FileChannel file;
  private volatile Known newest = new Known(new LmdbMeta(0, NO_PAGE, 0, -1), Map.of());

  private LmdbFile(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /// Opens a data file for reading.
  ///
  /// @throws NotLmdbException when it holds something else
  public static LmdbFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      LmdbFile file = new LmdbFile(path, channel);
      file.snapshot();
      return file;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// The value of a key.
  public Optional<byte[]> get(byte[] key) throws IOException {
    return consistent(view -> find(view, key));
  }

  /// The entries of the first leaf page that has keys greater than `after`, in key order; from the
  /// beginning when `after` is empty. No entries: there are none.
  public List<Entry> next(byte[] after) throws IOException {
    return consistent(view -> leafAfter(view, view.snapshot.root(), after, 0));
  }

  /// Forgets what was read: the file was changed, perhaps by something that is not LMDB.
  public void forget() {
    newest = new Known(newest.snapshot, new ConcurrentHashMap<>());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private <T> T consistent(Walk<T> walk) throws IOException {
    for (int attempt = 1; ; attempt++) {
      LmdbMeta before = snapshot();
      View view = new View(known(before));
      IOException failure;
      try {
        T answer = walk.through(view);
        if ((view.read.isEmpty() && !view.readValue) || snapshot().equals(before)) {
          remember(view);
          return answer;
        }
        failure = damaged("it changes faster than it can be read");
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
    if (!known.snapshot.equals(snapshot)) {
      known = new Known(snapshot, new ConcurrentHashMap<>());
      newest = known;
    }
    return known;
  }

  private static void remember(View view) {
    if (!view.read.isEmpty() && view.known.size() < MOST_KNOWN) {
      view.known.putAll(view.read);
    }
  }

  /// The newest commit: the greater of the two meta pages.
  private LmdbMeta snapshot() throws IOException {
    int pageSize = newest.snapshot.pageSize();
    if (pageSize > 0) {
      ByteBuffer both = ByteBuffer.allocate(pageSize + LmdbMeta.SIZE);
      read(both, 0);
      LmdbMeta zero =
          LmdbMeta.of(both.slice(0, LmdbMeta.SIZE).order(ByteOrder.nativeOrder()), this::damaged);
      LmdbMeta one =
          LmdbMeta.of(
              both.slice(pageSize, LmdbMeta.SIZE).order(ByteOrder.nativeOrder()), this::damaged);
      return one.transaction() > zero.transaction() ? one : zero;
    }
    ByteBuffer first = ByteBuffer.allocate(LmdbMeta.SIZE).order(ByteOrder.nativeOrder());
    read(first, 0);
    LmdbMeta zero = LmdbMeta.of(first, this::damaged);
    ByteBuffer second = ByteBuffer.allocate(LmdbMeta.SIZE).order(ByteOrder.nativeOrder());
    read(second, zero.pageSize());
    LmdbMeta one = LmdbMeta.of(second, this::damaged);
    return one.transaction() > zero.transaction() ? one : zero;
  }

  private Optional<byte[]> find(View view, byte[] key) throws IOException {
    long number = view.snapshot.root();
    for (int depth = 0; number != NO_PAGE; depth++) {
      LmdbPage page = page(view, number, depth);
      int index = page.lastNotGreater(key);
      if (page.isLeaf()) {
        return index >= 0 && page.compare(index, key) == 0
            ? Optional.of(value(view, page, index))
            : Optional.empty();
      }
      number = page.child(Math.max(index, 0));
    }
    return Optional.empty();
  }

  private List<Entry> leafAfter(View view, long number, byte[] after, int depth)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (number == NO_PAGE) {
      return entries;
    }
    LmdbPage page = page(view, number, depth);
    if (page.isLeaf()) {
      byte[] last = after;
      for (int i = page.lastNotGreater(after) + 1; i < page.count(); i++) {
        byte[] key = page.key(i);
        if (Arrays.compareUnsigned(key, last) <= 0) {
          throw damaged("its keys are not in order"); // or a listing might never end
        }
        entries.add(new Entry(key, value(view, page, i)));
        last = key;
      }
      return entries;
    }
    // a subtree without a greater key is followed by one with greater keys only
    int first = Math.max(page.lastNotGreater(after), 0);
    for (int i = first; i < Math.min(first + 2, page.count()); i++) {
      entries = leafAfter(view, page.child(i), after, depth + 1);
      if (!entries.isEmpty()) {
        return entries;
      }
    }
    return entries;
  }

  private byte[] value(View view, LmdbPage page, int index) throws IOException {
    LmdbMeta snapshot = view.snapshot;
    if (!page.isBig(index)) {
      return page.value(index);
    }
    view.readValue = true;
    long number = page.overflow(index);
    int size = page.valueSize(index);
    if (number < 2 || number > snapshot.lastPage()) {
      throw damaged("bad overflow page");
    }
    long room = (snapshot.lastPage() - number + 1) * snapshot.pageSize() - HEADER;
    if (size < 0 || size > room || size > file.size()) {
      throw damaged("bad overflow page");
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
    read(header, number * snapshot.pageSize());
    if ((header.getShort(10) & OVERFLOW) == 0) {
      throw damaged("bad overflow page");
    }
    byte[] value = new byte[size];
    read(ByteBuffer.wrap(value), number * snapshot.pageSize() + HEADER);
    return value;
  }

  private LmdbPage page(View view, long number, int depth) throws IOException {
    LmdbPage known = view.known.get(number);
    if (known != null && depth <= DEEPEST) {
      return known;
    }
    LmdbMeta snapshot = view.snapshot;
    if (number < 2 || number > snapshot.lastPage() || depth > DEEPEST) {
      throw damaged("page " + number + " out of range");
    }
    byte[] octets = new byte[snapshot.pageSize()];
    read(ByteBuffer.wrap(octets), number * snapshot.pageSize());
    int kind = LmdbPage.flags(octets) & (BRANCH | LEAF | OVERFLOW | META | 0x20 | 0x40);
    if (kind != BRANCH && kind != LEAF) {
      throw damaged("page " + number + " is no tree page");
    }
    LmdbPage page = new LmdbPage(this::damaged, octets, kind == LEAF);
    view.read.put(number, page);
    return page;
  }

  private void read(ByteBuffer into, long position) throws IOException {
    while (into.hasRemaining()) {
      if (file.read(into, position + into.position()) < 0) {
        throw damaged("it ends too early");
      }
    }
  }

  private NotLmdbException damaged(String why) {
    return new NotLmdbException(path + ": " + why, INVALID);
  }
}
