package org.jmail.base.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One walk through the tree of one commit, and what had to be read for it. Any page number and any
/// size that cannot be is a NotLmdbException. Used by one thread.
final class LmdbTree {

  private static final int HEADER = 16;
  private static final int BRANCH = 1;
  private static final int LEAF = 2;
  private static final int OVERFLOW = 4;
  private static final int META = 8;
  private static final int DEEPEST = 16;
  private static final long NO_PAGE = -1;

  private final DataFile file;
  private final LmdbMeta commit;
  private final Map<Long, LmdbPage> known;
  private final Map<Long, LmdbPage> read = new HashMap<>();
  private boolean readValue;

  /// @param known pages of that commit, which need not be read
  LmdbTree(DataFile file, LmdbMeta commit, Map<Long, LmdbPage> known) {
    this.file = file;
    this.commit = commit;
    this.known = known;
  }

  /// The pages that were not known.
  Map<Long, LmdbPage> pagesRead() {
    return read;
  }

  /// Whether the file was read at all.
  boolean hasRead() {
    return readValue || !read.isEmpty();
  }

  /// The value of a key.
  Optional<byte[]> find(byte[] key) throws IOException {
    long number = commit.root();
    for (int depth = 0; number != NO_PAGE; depth++) {
      LmdbPage page = page(number, depth);
      int index = page.lastNotGreater(key);
      if (page.isLeaf()) {
        return index >= 0 && page.compare(index, key) == 0
            ? Optional.of(value(page, index))
            : Optional.empty();
      }
      number = page.child(Math.max(index, 0));
    }
    return Optional.empty();
  }

  /// The entries of the first leaf page that has keys greater than `after`, in key order.
  List<LmdbFile.Entry> after(byte[] after) throws IOException {
    return after(commit.root(), after, 0);
  }

  private List<LmdbFile.Entry> after(long number, byte[] after, int depth) throws IOException {
    List<LmdbFile.Entry> entries = new ArrayList<>();
    if (number == NO_PAGE) {
      return entries;
    }
    LmdbPage page = page(number, depth);
    if (page.isLeaf()) {
      byte[] last = after;
      for (int i = page.lastNotGreater(after) + 1; i < page.count(); i++) {
        byte[] key = page.key(i);
        if (Arrays.compareUnsigned(key, last) <= 0) {
          throw file.damaged("its keys are not in order"); // or a listing might never end
        }
        entries.add(new LmdbFile.Entry(key, value(page, i)));
        last = key;
      }
      return entries;
    }
    // a subtree without a greater key is followed by one with greater keys only
    int first = Math.max(page.lastNotGreater(after), 0);
    for (int i = first; i < Math.min(first + 2, page.count()); i++) {
      entries = after(page.child(i), after, depth + 1);
      if (!entries.isEmpty()) {
        return entries;
      }
    }
    return entries;
  }

  private byte[] value(LmdbPage page, int index) throws IOException {
    if (!page.isBig(index)) {
      return page.value(index);
    }
    readValue = true;
    long number = page.overflow(index);
    int size = page.valueSize(index);
    if (number < 2 || number > commit.lastPage()) {
      throw file.damaged("bad overflow page");
    }
    long room = (commit.lastPage() - number + 1) * commit.pageSize() - HEADER;
    if (size < 0 || size > room || size > file.size()) {
      throw file.damaged("bad overflow page");
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
    file.read(header, number * commit.pageSize());
    if ((header.getShort(10) & OVERFLOW) == 0) {
      throw file.damaged("bad overflow page");
    }
    byte[] value = new byte[size];
    file.read(ByteBuffer.wrap(value), number * commit.pageSize() + HEADER);
    return value;
  }

  private LmdbPage page(long number, int depth) throws IOException {
    LmdbPage found = known.get(number);
    if (found != null && depth <= DEEPEST) {
      return found;
    }
    if (number < 2 || number > commit.lastPage() || depth > DEEPEST) {
      throw file.damaged("page " + number + " out of range");
    }
    byte[] octets = new byte[commit.pageSize()];
    file.read(ByteBuffer.wrap(octets), number * commit.pageSize());
    int kind = LmdbPage.flags(octets) & (BRANCH | LEAF | OVERFLOW | META | 0x20 | 0x40);
    if (kind != BRANCH && kind != LEAF) {
      throw file.damaged("page " + number + " is no tree page");
    }
    LmdbPage page = new LmdbPage(file::damaged, octets, kind == LEAF);
    read.put(number, page);
    return page;
  }
}
