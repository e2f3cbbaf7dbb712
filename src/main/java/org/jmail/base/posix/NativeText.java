package org.jmail.base.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Octet strings (one char, one octet) to C strings and back.
final class NativeText {

  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private NativeText() {}

  /// NUL-terminated. A NUL inside would cut the name short of what was checked, so it is refused as
  /// the kernel would refuse a name that cannot exist.
  static MemorySegment allocate(Arena arena, String octets) throws PosixException {
    if (octets.indexOf('\0') >= 0) {
      throw new PosixException("text with a NUL: " + octets.replace('\0', '?'), Errno.EINVAL);
    }
    byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
    MemorySegment segment = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  /// The C string at an address; empty for the null pointer.
  static String read(MemorySegment pointer) {
    if (pointer.address() == 0) {
      return "";
    }
    return pointer.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.ISO_8859_1);
  }

  /// The octets that the JDK would hand to the kernel for this path.
  static String octets(Path path) {
    return new String(path.toString().getBytes(FILE_NAMES), StandardCharsets.ISO_8859_1);
  }
}
