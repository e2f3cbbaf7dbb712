package org.jmail.base.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// A datagram socket to a service of this machine: the system logger, a service manager. One
/// datagram a text. Connects anew when the other side was restarted. Not safe for use by many
/// threads. Postfix counterpart: what syslog(3) of the C library does.
public final class DatagramSocket implements AutoCloseable {

  /// Where the logger listens.
  public static final String DEV_LOG = "/dev/log";

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
  private static final int NOSIGNAL = 0x4000;
  private static final int DONTWAIT = 0x40;
  private static final int LONGEST_PATH = 107;

  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDTIMEO = 21;

  /// How long a reader that is busy may keep mail waiting; syslog(3) waits forever.
  private static final long PATIENCE_SECONDS = 1;

  private final String path;
  private int fd = -1;

  /// Whether the last text was taken: for a reader that hangs, only the first one is waited.
  private boolean taken = true;

  /// @param path in the file system, or with `@` first a name in the abstract namespace of unix(7)
  public DatagramSocket(String path) {
    this.path = path;
  }

  /// Sends one datagram.
  ///
  /// @return false when nobody takes it: mail goes on without
  public boolean send(String text) {
    return trySend(text) || (reconnect() && trySend(text));
  }

  private boolean trySend(String text) {
    if (fd < 0) {
      return false;
    }
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, octets);
      int flags = taken ? NOSIGNAL : NOSIGNAL | DONTWAIT;
      taken = SystemCall.SENDTO.tryCall(fd, data.address(), octets.length, flags, 0, 0) >= 0;
      return taken;
    }
  }

  private boolean reconnect() {
    close();
    byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
    if (name.length > LONGEST_PATH) {
      return false;
    }
    long made = SystemCall.SOCKET.tryCall(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
    if (made < 0) {
      return false;
    }
    fd = (int) made;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(2L + LONGEST_PATH + 1, 8);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      boolean abstractName = path.startsWith("@");
      if (abstractName) {
        address.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
      }
      // The end of an abstract name is that of the address; a path ends with a zero octet.
      long length = 2L + name.length + (abstractName ? 0 : 1);
      MemorySegment limit = arena.allocate(16, 8); // struct timeval
      limit.set(ValueLayout.JAVA_LONG, 0, PATIENCE_SECONDS);
      SystemCall.SETSOCKOPT.tryCall(fd, SOL_SOCKET, SO_SNDTIMEO, limit.address(), 16);
      if (SystemCall.CONNECT.tryCall(fd, address.address(), length) < 0) {
        close();
        return false;
      }
      return true;
    }
  }

  @Override
  public void close() {
    if (fd >= 0) {
      SystemCall.CLOSE.tryCall(fd);
      fd = -1;
    }
  }
}
