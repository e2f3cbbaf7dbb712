package org.jmail.base.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// A datagram socket to the system logger. One datagram a line; the caller writes `<PRI>Mmm dd …`.
/// Connects anew when the logger was restarted. Not safe for use by many threads. RFC 3164 shape,
/// as syslog(3) of glibc and musl sends it.
public final class SyslogSocket implements AutoCloseable {

  /// Where the logger listens.
  public static final String DEV_LOG = "/dev/log";

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
  private static final int NOSIGNAL = 0x4000;
  private static final int DONTWAIT = 0x40;
  private static final int LONGEST_PATH = 107;

  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDTIMEO = 21;

  /// How long a logger that is busy may keep mail waiting; syslog(3) waits forever.
  private static final long PATIENCE_SECONDS = 1;

  private final String path;
  private int fd = -1;

  /// Whether the last line was taken: for a logger that hangs, only the first line is waited.
  private boolean taken = true;

  public SyslogSocket(String path) {
    this.path = path;
  }

  /// Sends one line.
  ///
  /// @return false when no logger takes it: mail goes on without
  public boolean send(String line) {
    return trySend(line) || (reconnect() && trySend(line));
  }

  private boolean trySend(String line) {
    if (fd < 0) {
      return false;
    }
    byte[] octets = line.getBytes(StandardCharsets.ISO_8859_1);
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
      MemorySegment limit = arena.allocate(16, 8); // struct timeval
      limit.set(ValueLayout.JAVA_LONG, 0, PATIENCE_SECONDS);
      SystemCall.SETSOCKOPT.tryCall(fd, SOL_SOCKET, SO_SNDTIMEO, limit.address(), 16);
      if (SystemCall.CONNECT.tryCall(fd, address.address(), 2L + name.length + 1) < 0) {
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
