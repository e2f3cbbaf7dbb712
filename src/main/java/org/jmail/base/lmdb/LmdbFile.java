package org.jmail.base.lmdb;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

  private static final int MAGIC = 0xBEEFC0DE;
  private static final int FORMAT = 1;
  private static final int HEADER = 16;
  private static final int META_SIZE = 136;
  private static final int BRANCH = 1;
  private static final int LEAF = 2;
  private static final int OVERFLOW = 4;
  private static final int META = 8;
  private static final int BIG_DATA = 1;
  private static final int DEEPEST = 16;
  private static final int MOST_ATTEMPTS = 1000;

  /// Pages kept in memory: about a megabyte a table.
  private static final int MOST_KNOWN = 256;

  private static final long NO_PAGE = -1;
  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

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

  /// What one commit left: page size, root page of the main database, last page in use.
  private record Snapshot(int pageSize, long root, long lastPage, long transaction) {}

  /// Pages of one commit, which cannot change as long as it is the newest.
  private record Known(Snapshot snapshot, Map<Long, Page> pages) {}

  /// One walk through the tree: what it sees, and what it had to read for it.
  private static final class View {
    final Snapshot snapshot;
    final Map<Long, Page> known;
    final Map<Long, Page> read = new HashMap<>();
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
  private volatile Known newest = new Known(new Snapshot(0, NO_PAGE, 0, -1), Map.of());

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
    return consistent(view -> leafAfter(view, view.snapshot.root, after, 0));
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
      Snapshot before = snapshot();
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

  private Known known(Snapshot snapshot) {
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
  private Snapshot snapshot() throws IOException {
    int pageSize = newest.snapshot.pageSize;
    if (pageSize > 0) {
      ByteBuffer both = ByteBuffer.allocate(pageSize + HEADER + META_SIZE);
      read(both, 0);
      Snapshot zero = meta(both.slice(0, HEADER + META_SIZE).order(ByteOrder.nativeOrder()));
      Snapshot one = meta(both.slice(pageSize, HEADER + META_SIZE).order(ByteOrder.nativeOrder()));
      return one.transaction > zero.transaction ? one : zero;
    }
    ByteBuffer first = ByteBuffer.allocate(HEADER + META_SIZE).order(ByteOrder.nativeOrder());
    read(first, 0);
    Snapshot zero = meta(first);
    ByteBuffer second = ByteBuffer.allocate(HEADER + META_SIZE).order(ByteOrder.nativeOrder());
    read(second, zero.pageSize);
    Snapshot one = meta(second);
    return one.transaction > zero.transaction ? one : zero;
  }

  /// struct MDB_meta behind its page header.
  private Snapshot meta(ByteBuffer page) throws NotLmdbException {
    int flags = page.getShort(10);
    int pageSize = page.getInt(HEADER + 24);
    if ((flags & META) == 0 || page.getInt(HEADER) != MAGIC) {
      throw damaged("not an LMDB file");
    }
    if (page.getInt(HEADER + 4) != FORMAT) {
      throw damaged("LMDB format " + page.getInt(HEADER + 4) + ", not " + FORMAT);
    }
    if (pageSize < 512 || pageSize > 65536 || Integer.bitCount(pageSize) != 1) {
      throw damaged("bad page size");
    }
    if (page.getLong(HEADER + 120) > Long.MAX_VALUE / 65536) {
      throw damaged("bad last page");
    }
    int mainFlags = page.getShort(HEADER + 72 + 4);
    if ((mainFlags & 0x7fff) != 0) {
      throw damaged("not a plain key and value database");
    }
    return new Snapshot(
        pageSize,
        page.getLong(HEADER + 72 + 40),
        page.getLong(HEADER + 120),
        page.getLong(HEADER + 128));
  }

  private Optional<byte[]> find(View view, byte[] key) throws IOException {
    long number = view.snapshot.root;
    for (int depth = 0; number != NO_PAGE; depth++) {
      Page page = page(view, number, depth);
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
    Page page = page(view, number, depth);
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

  private byte[] value(View view, Page page, int index) throws IOException {
    Snapshot snapshot = view.snapshot;
    if (!page.isBig(index)) {
      return page.value(index);
    }
    view.readValue = true;
    long number = page.overflow(index);
    int size = page.valueSize(index);
    if (number < 2 || number > snapshot.lastPage) {
      throw damaged("bad overflow page");
    }
    long room = (snapshot.lastPage - number + 1) * snapshot.pageSize - HEADER;
    if (size < 0 || size > room || size > file.size()) {
      throw damaged("bad overflow page");
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
    read(header, number * snapshot.pageSize);
    if ((header.getShort(10) & OVERFLOW) == 0) {
      throw damaged("bad overflow page");
    }
    byte[] value = new byte[size];
    read(ByteBuffer.wrap(value), number * snapshot.pageSize + HEADER);
    return value;
  }

  private Page page(View view, long number, int depth) throws IOException {
    Page known = view.known.get(number);
    if (known != null && depth <= DEEPEST) {
      return known;
    }
    Snapshot snapshot = view.snapshot;
    if (number < 2 || number > snapshot.lastPage || depth > DEEPEST) {
      throw damaged("page " + number + " out of range");
    }
    byte[] octets = new byte[snapshot.pageSize];
    read(ByteBuffer.wrap(octets), number * snapshot.pageSize);
    int kind = (short) U16.get(octets, 10) & (BRANCH | LEAF | OVERFLOW | META | 0x20 | 0x40);
    if (kind != BRANCH && kind != LEAF) {
      throw damaged("page " + number + " is no tree page");
    }
    Page page = new Page(octets, kind == LEAF);
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

  /// A branch or leaf page: sorted nodes of lo, hi, flags, key size (16 bit each), key, value. Any
  /// offset that leaves the page is a NotLmdbException.
  private final class Page {
    private final byte[] octets;
    private final boolean leaf;

    Page(byte[] octets, boolean leaf) {
      this.octets = octets;
      this.leaf = leaf;
    }

    boolean isLeaf() {
      return leaf;
    }

    int count() throws NotLmdbException {
      int count = (u16(12) - HEADER) / 2;
      if (count < 0 || HEADER + 2 * count > octets.length) {
        throw damaged("bad page");
      }
      return count;
    }

    /// The greatest index whose key is not greater; -1 when there is none. The first key of a
    /// branch page is below all others, whatever it says.
    int lastNotGreater(byte[] key) throws NotLmdbException {
      int low = leaf ? 0 : 1;
      int high = count() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        if (compare(middle, key) <= 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return high;
    }

    int compare(int index, byte[] key) throws NotLmdbException {
      return Arrays.compareUnsigned(key(index), key);
    }

    byte[] key(int index) throws NotLmdbException {
      return slice(node(index) + 8, u16(node(index) + 6));
    }

    long child(int index) throws NotLmdbException {
      int node = node(index);
      return u16(node) | (long) u16(node + 2) << 16 | (long) u16(node + 4) << 32;
    }

    boolean isBig(int index) throws NotLmdbException {
      int flags = u16(node(index) + 4);
      if ((flags & ~BIG_DATA) != 0) {
        throw damaged("it holds named or sorted databases");
      }
      return flags == BIG_DATA;
    }

    int valueSize(int index) throws NotLmdbException {
      return u16(node(index)) | u16(node(index) + 2) << 16;
    }

    byte[] value(int index) throws NotLmdbException {
      return slice(valueStart(index), valueSize(index));
    }

    long overflow(int index) throws NotLmdbException {
      return ByteBuffer.wrap(slice(valueStart(index), 8)).order(ByteOrder.nativeOrder()).getLong();
    }

    private int valueStart(int index) throws NotLmdbException {
      return node(index) + 8 + u16(node(index) + 6);
    }

    private int node(int index) throws NotLmdbException {
      return u16(HEADER + 2 * index);
    }

    private int u16(int at) throws NotLmdbException {
      if (at < 0 || at > octets.length - 2) {
        throw damaged("bad page");
      }
      return Short.toUnsignedInt((short) U16.get(octets, at));
    }

    private byte[] slice(int at, int size) throws NotLmdbException {
      if (size < 0 || at < 0 || at > octets.length - size) {
        throw damaged("bad page");
      }
      return Arrays.copyOfRange(octets, at, at + size);
    }
  }
}
