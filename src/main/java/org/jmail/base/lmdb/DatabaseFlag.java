package org.jmail.base.lmdb;

/// What mdb_dbi_open may be told.
public enum DatabaseFlag {
  /// Keys are compared from their end.
  REVERSE_KEY(0x02),
  /// A key may have many values, sorted.
  DUPLICATES(0x04),
  /// Keys are native integers of 4 or 8 octets.
  INTEGER_KEY(0x08),
  /// The database is made if it is not there; needs a write transaction.
  CREATE(0x40000);

  private final int bit;

  DatabaseFlag(int bit) {
    this.bit = bit;
  }

  int bit() {
    return bit;
  }
}
