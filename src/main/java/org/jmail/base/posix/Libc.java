package org.jmail.base.posix;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Functions of libc that are no system calls. Every caller keeps its handle in a holder class of
/// its own, so that touching one links one. Only names that glibc and musl both have, or `find`.
final class Libc {

  private Libc() {}

  static MethodHandle link(String function, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment symbol = linker.defaultLookup().findOrThrow(function);
    return linker.downcallHandle(symbol, FunctionDescriptor.of(result, arguments));
  }

  static MethodHandle linkWithErrno(
      String function, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment symbol = linker.defaultLookup().findOrThrow(function);
    return linker.downcallHandle(
        symbol, FunctionDescriptor.of(result, arguments), SystemCall.ERRNO_CAPTURE);
  }

  static Optional<MethodHandle> find(
      String function, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(function)
        .map(symbol -> linker.downcallHandle(symbol, FunctionDescriptor.of(result, arguments)));
  }
}
