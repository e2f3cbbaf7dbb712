package org.jmail.base.lmdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A branch or leaf page: sorted nodes of lo, hi, flags, key size (16 bit each), key, value. Any
/// offset that leaves the page is a NotLmdbException. Immutable.
final class LmdbPage {
  private static final int HEADER = 16;
  private static final int BIG_DATA = 1;
  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

  private final Damage damage;
  private final byte[] octets;
  private final boolean leaf;

  /// How the file that the page is of tells what is wrong with it.
  interface Damage {
    NotLmdbException of(String what);
  }

  LmdbPage(Damage damage, byte[] octets, boolean leaf) {
    this.damage = damage;
    this.octets = octets;
    this.leaf = leaf;
  }

  /// The flags of a page, at the same place in all kinds of pages.
  static int flags(byte[] octets) {
    return (short) U16.get(octets, 10);
  }

  boolean isLeaf() {
    return leaf;
  }

  int count() throws NotLmdbException {
    int count = (u16(12) - HEADER) / 2;
    if (count < 0 || HEADER + 2 * count > octets.length) {
      throw damage.of("bad page");
    }
    return count;
  }

  /// The greatest index whose key is not greater; -1 when there is none. The first key of a branch
  /// page is below all others, whatever it says.
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
      throw damage.of("it holds named or sorted databases");
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
      throw damage.of("bad page");
    }
    return Short.toUnsignedInt((short) U16.get(octets, at));
  }

  private byte[] slice(int at, int size) throws NotLmdbException {
    if (size < 0 || at < 0 || at > octets.length - size) {
      throw damage.of("bad page");
    }
    return Arrays.copyOfRange(octets, at, at + size);
  }
}
