package org.jmail.base.lmdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Native memory for the arguments of one call: two MDB_val (size, pointer), an out parameter, and
/// room for a key and a value. Confined to the transaction that holds it; pooled by the
/// environment.
final class Scratch {

  private static final int KEY_ROOM = 512;

  private final MemorySegment structs = Arena.ofAuto().allocate(64 + KEY_ROOM, 8);
  private MemorySegment valueRoom = Arena.ofAuto().allocate(1024, 8);

  /// MDB_val of the key.
  MemorySegment key() {
    return structs.asSlice(0, 16);
  }

  /// MDB_val of the value.
  MemorySegment value() {
    return structs.asSlice(16, 16);
  }

  /// A pointer or number that a call fills in.
  MemorySegment out() {
    return structs.asSlice(32, 8);
  }

  /// The MDB_val of a key to pass. One octet too long for LMDB still fits, so that LMDB judges it;
  /// what is longer yet is passed by length only and refused before LMDB looks at it.
  MemorySegment key(byte[] octets) {
    MemorySegment struct = key();
    struct.set(ValueLayout.JAVA_LONG, 0, octets.length);
    struct.set(ValueLayout.JAVA_LONG, 8, structs.address() + 64);
    MemorySegment.copy(
        octets, 0, structs, ValueLayout.JAVA_BYTE, 64, Math.min(octets.length, KEY_ROOM));
    return struct;
  }

  /// The MDB_val of a value to pass.
  MemorySegment value(byte[] octets) {
    if (octets.length > valueRoom.byteSize()) {
      valueRoom = Arena.ofAuto().allocate(Math.max(octets.length, 2 * valueRoom.byteSize()), 8);
    }
    MemorySegment struct = value();
    struct.set(ValueLayout.JAVA_LONG, 0, octets.length);
    struct.set(ValueLayout.JAVA_LONG, 8, valueRoom.address());
    MemorySegment.copy(octets, 0, valueRoom, ValueLayout.JAVA_BYTE, 0, octets.length);
    return struct;
  }

  /// What an MDB_val filled in by LMDB points to.
  static byte[] copyOf(MemorySegment struct) {
    return LmdbLibrary.copy(
        struct.get(ValueLayout.JAVA_LONG, 8), struct.get(ValueLayout.JAVA_LONG, 0));
  }
}
