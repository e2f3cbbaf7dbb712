package org.jmail.base.posix;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.function.Function;

/// The common shape of libc's get…_r functions, which want a buffer whose size nobody knows.
interface ReentrantLookup {

  AddressLayout POINTER = ValueLayout.ADDRESS;
  long FIRST_BUFFER = 4096;
  long BIGGEST_BUFFER = 1 << 24;
  int ERANGE = 34;

  /// The error number; 0 with a null result means "no such entry".
  int invoke(MemorySegment entry, MemorySegment buffer, long size, MemorySegment result)
      throws Throwable;

  /// The entry that was asked for, or empty when there is none.
  ///
  /// @param size of the C structure
  /// @param read makes a value of it, before the buffers go
  /// @throws PosixException when the database cannot answer
  static <T> Optional<T> find(
      String what, Arena arena, long size, ReentrantLookup call, Function<MemorySegment, T> read)
      throws PosixException {
    MemorySegment entry = arena.allocate(size, 8);
    MemorySegment result = arena.allocate(POINTER);
    for (long room = FIRST_BUFFER; ; room *= 4) {
      int error;
      try {
        error = call.invoke(entry, arena.allocate(room, 8), room, result);
      } catch (Throwable e) {
        throw new AssertionError(what, e);
      }
      if (error == 0) {
        boolean none = result.get(POINTER, 0).address() == 0;
        return none ? Optional.empty() : Optional.of(read.apply(entry));
      }
      if (error != ERANGE || room >= BIGGEST_BUFFER) {
        throw new PosixException(what, error);
      }
    }
  }
}
