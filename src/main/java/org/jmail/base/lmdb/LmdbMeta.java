package org.jmail.base.lmdb;

import java.nio.ByteBuffer;

/// What one commit left.
///
/// @param root page of the main database
/// @param lastPage the last page in use
record LmdbMeta(int pageSize, long root, long lastPage, long transaction) {

  /// What no commit left.
  static final LmdbMeta NONE = new LmdbMeta(0, -1, 0, -1);

  /// A meta page's header and struct MDB_meta.
  static final int SIZE = 16 + 136;

  private static final int MAGIC = 0xBEEFC0DE;
  private static final int FORMAT = 1;
  private static final int HEADER = 16;
  private static final int META = 8;

  /// struct MDB_meta behind its page header.
  static LmdbMeta of(ByteBuffer page, LmdbPage.Damage damage) throws NotLmdbException {
    int flags = page.getShort(10);
    int pageSize = page.getInt(HEADER + 24);
    if ((flags & META) == 0 || page.getInt(HEADER) != MAGIC) {
      throw damage.of("not an LMDB file");
    }
    if (page.getInt(HEADER + 4) != FORMAT) {
      throw damage.of("LMDB format " + page.getInt(HEADER + 4) + ", not " + FORMAT);
    }
    if (pageSize < 512 || pageSize > 65536 || Integer.bitCount(pageSize) != 1) {
      throw damage.of("bad page size");
    }
    if (page.getLong(HEADER + 120) > Long.MAX_VALUE / 65536) {
      throw damage.of("bad last page");
    }
    int mainFlags = page.getShort(HEADER + 72 + 4);
    if ((mainFlags & 0x7fff) != 0) {
      throw damage.of("not a plain key and value database");
    }
    return new LmdbMeta(
        pageSize,
        page.getLong(HEADER + 72 + 40),
        page.getLong(HEADER + 120),
        page.getLong(HEADER + 128));
  }
}
