package org.jmail.base.posix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// A running child: its standard input to write to, what it prints (standard output and error
/// together, the first octets of it), and its end. One thread uses it; every wait is bounded by one
/// deadline for the whole life of the child. Postfix counterpart: pipe_command.c.
///
/// Not java.lang.Process: that one starts a reaper thread, and a thread started while acting as a
/// user would stay that user.
public final class ChildProcess implements AutoCloseable {

  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;
  private static final int POLLERR_HUP = 8 | 16;
  private static final int WNOHANG = 1;
  private static final int SIGKILL = 9;
  private static final int CHUNK = 64 * 1024;

  /// The time is up; the child and its process group have been killed.
  public static final class TimeLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    TimeLimitException() {
      super("time limit exceeded");
    }
  }

  private final int pid;
  private final PosixFile input;
  private final PosixFile output;
  private final int outputLimit;
  private final long deadlineNanos;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private boolean outputOpen = true;
  private boolean reaped;

  ChildProcess(int pid, PosixFile input, PosixFile output, int outputLimit, long nanos) {
    this.pid = pid;
    this.input = input;
    this.output = output;
    this.outputLimit = outputLimit;
    this.deadlineNanos = System.nanoTime() + nanos;
  }

  /// Its process id, which is also its process group and session.
  public int pid() {
    return pid;
  }

  /// Its standard input. Writing waits until the child reads, and collects meanwhile what it
  /// prints. Throws PosixException with EPIPE when it reads no more, [TimeLimitException] when it
  /// takes too long. Closing it is the end of input.
  public OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] octets, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
          done += writeSome(octets, offset + done, Math.min(CHUNK, length - done));
        }
      }

      @Override
      public void close() throws IOException {
        input.close();
      }
    };
  }

  private int writeSome(byte[] octets, int offset, int length) throws IOException {
    while (true) {
      if ((poll(true) & (POLLOUT | POLLERR_HUP)) != 0) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment data = arena.allocate(length);
          MemorySegment.copy(octets, offset, data, ValueLayout.JAVA_BYTE, 0, length);
          long count = SystemCall.WRITE.tryCall(input.descriptor(), data.address(), length);
          if (count >= 0) {
            return (int) count;
          }
          if (count != -Errno.EAGAIN && count != -Errno.EINTR) {
            throw new PosixException("write to command", (int) -count);
          }
        }
      }
    }
  }

  /// Waits for the end of the child, reading what it prints until no one can print any more.
  ///
  /// @return the status as of wait(2)
  public WaitStatus waitFor() throws IOException {
    input.close();
    while (outputOpen) {
      poll(false);
    }
    long watched = SystemCall.PIDFD_OPEN.tryCall(pid, 0);
    try (PosixFile ending = new PosixFile("pidfd", (int) Math.max(-1, watched));
        Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      while (true) {
        long done = SystemCall.WAIT4.tryCall(pid, status.address(), WNOHANG, 0);
        if (done == pid) {
          reaped = true;
          return new WaitStatus(status.get(ValueLayout.JAVA_INT, 0));
        }
        if (done < 0 && done != -Errno.EINTR) {
          reaped = true;
          throw new PosixException("wait for command", (int) -done);
        }
        checkDeadline();
        pause(ending.descriptor());
      }
    }
  }

  /// What it has printed so far, as octets; no more than the limit.
  public String printed() {
    return printed.toString(StandardCharsets.ISO_8859_1);
  }

  /// Kills it and all of its process group if it still runs, and forgets it.
  @Override
  public void close() throws IOException {
    try (input;
        output) {
      if (!reaped) {
        kill();
      }
    }
  }

  private void kill() {
    if (SystemCall.KILL.tryCall(-pid, SIGKILL) < 0) {
      SystemCall.KILL.tryCall(pid, SIGKILL);
    }
    while (!reaped) {
      long done = SystemCall.WAIT4.tryCall(pid, 0, 0, 0);
      reaped = done != -Errno.EINTR;
    }
  }

  /// Waits until input can be written (if asked for) or output read, and reads it.
  ///
  /// @return the events of input
  private int poll(boolean writing) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fds = arena.allocate(16, 4); // struct pollfd: fd, events, revents
      fds.set(ValueLayout.JAVA_INT, 0, writing ? input.descriptor() : -1);
      fds.set(ValueLayout.JAVA_SHORT, 4, (short) POLLOUT);
      fds.set(ValueLayout.JAVA_INT, 8, outputOpen ? output.descriptor() : -1);
      fds.set(ValueLayout.JAVA_SHORT, 12, (short) POLLIN);
      wait(arena, fds, 2);
      if (fds.get(ValueLayout.JAVA_SHORT, 14) != 0) {
        collect();
      }
      return fds.get(ValueLayout.JAVA_SHORT, 6);
    }
  }

  private void pause(int watched) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fds = arena.allocate(8, 4);
      fds.set(ValueLayout.JAVA_INT, 0, watched);
      fds.set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
      long longest = watched >= 0 ? Long.MAX_VALUE : 10_000_000L; // without pidfd: ask often
      SystemCall.PPOLL.tryCall(
          fds.address(), 1, timespec(arena, Math.min(longest, remaining())), 0, 0);
      checkDeadline();
    }
  }

  private void wait(Arena arena, MemorySegment fds, int count) throws IOException {
    SystemCall.PPOLL.tryCall(fds.address(), count, timespec(arena, remaining()), 0, 0);
    checkDeadline();
  }

  private static long timespec(Arena arena, long nanos) {
    MemorySegment time = arena.allocate(16, 8);
    time.set(ValueLayout.JAVA_LONG, 0, nanos / 1_000_000_000L);
    time.set(ValueLayout.JAVA_LONG, 8, nanos % 1_000_000_000L);
    return time.address();
  }

  private long remaining() {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }

  private void checkDeadline() throws TimeLimitException {
    if (remaining() == 0) {
      kill();
      throw new TimeLimitException();
    }
  }

  private void collect() throws IOException {
    byte[] some = new byte[4096];
    int count = output.read(some);
    outputOpen = count > 0;
    int room = outputLimit - printed.size();
    printed.write(some, 0, Math.max(0, Math.min(count, room)));
  }
}
