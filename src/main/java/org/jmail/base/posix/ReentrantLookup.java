package org.jmail.base.posix;

import java.lang.foreign.MemorySegment;

/// The common shape of libc's get…_r functions.
interface ReentrantLookup {

  int invoke(MemorySegment entry, MemorySegment buffer, long size, MemorySegment result)
      throws Throwable;

  /// The error number; 0 with a null result means "no such entry".
  default int into(
      String what, MemorySegment entry, MemorySegment buffer, long size, MemorySegment result) {
    try {
      return invoke(entry, buffer, size, result);
    } catch (Throwable e) {
      throw new AssertionError(what, e);
    }
  }
}
