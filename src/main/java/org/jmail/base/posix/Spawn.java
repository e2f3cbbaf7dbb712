package org.jmail.base.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts a child with posix_spawn(3) from the calling thread, so that it has that thread's
/// credentials; at exec the kernel sets its saved ids to its effective ones. It gets a session of
/// its own, pipes as standard input, output and error, default signals, the given environment and
/// no other open file. Postfix counterpart: the child's side of pipe_command.c, exec_command.c.
public final class Spawn {

  private static final int SETSIGDEF = 0x04;
  private static final int SETSIGMASK = 0x08;
  private static final int SETSID = 0x80;
  private static final int ENOEXEC = 8;
  private static final int CLOSE_RANGE_CLOEXEC = 4;
  private static final int CLOEXEC = 0x80000;
  private static final int F_SETFL = 4;
  // Bigger than what glibc and musl need for either opaque structure (80 and 336 octets).
  private static final int OPAQUE = 1024;
  // Signals 1..31 but KILL and STOP.
  private static final long ALL_SIGNALS = 0x7fff_ffffL & ~(1L << 8) & ~(1L << 18);

  private final List<String> argv;
  private final Map<String, String> environment;
  private final PosixFile workingDirectory;
  private final Duration timeLimit;
  private final int outputLimit;

  /// @param argv the program and its arguments; a program without '/' is sought in `searchPath`
  /// @param workingDirectory an open folder, so that its parents need not be accessible
  /// @param timeLimit for everything: reading, printing, ending
  /// @param outputLimit how much of what it prints is kept
  public Spawn(
      List<String> argv,
      Map<String, String> environment,
      PosixFile workingDirectory,
      Duration timeLimit,
      int outputLimit) {
    this.argv = List.copyOf(argv);
    this.environment = Map.copyOf(environment);
    this.workingDirectory = workingDirectory;
    this.timeLimit = timeLimit;
    this.outputLimit = outputLimit;
  }

  /// Starts it, looking for the program as execvp(3) does: in the folders of `searchPath` unless
  /// its name has a '/', and through /bin/sh when it is a script without `#!`.
  ///
  /// @throws PosixException when it cannot be executed
  public ChildProcess start(String searchPath) throws PosixException {
    String program = argv.getFirst();
    if (program.indexOf('/') >= 0) {
      return startAt(program);
    }
    PosixException why = new PosixException("execute " + program, Errno.ENOENT);
    for (String folder : searchPath.split(":", -1)) {
      try {
        return startAt(folder + "/" + program);
      } catch (PosixException e) {
        if (e.errno() == Errno.EACCES) {
          why = e;
        } else if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
          throw e;
        }
      }
    }
    throw why;
  }

  private ChildProcess startAt(String path) throws PosixException {
    PosixFile[] in = pipe();
    PosixFile[] out;
    try {
      out = pipe();
    } catch (PosixException e) {
      closeAll(in);
      throw e;
    }
    try {
      SystemCall.FCNTL.call("pipe", in[1].descriptor(), F_SETFL, PosixFile.NONBLOCK);
      int pid = execute(path, argv, in[0], out[1]);
      closeAll(in[0], out[1]);
      return new ChildProcess(pid, in[1], out[0], outputLimit, timeLimit.toNanos());
    } catch (PosixException e) {
      closeAll(in);
      closeAll(out);
      throw e;
    }
  }

  private int execute(String path, List<String> arguments, PosixFile stdin, PosixFile stdout)
      throws PosixException {
    try {
      return spawn(path, arguments, stdin, stdout);
    } catch (PosixException e) {
      if (e.errno() != ENOEXEC) {
        throw e;
      }
      List<String> shell = new ArrayList<>(List.of("sh", path));
      shell.addAll(arguments.subList(1, arguments.size()));
      return spawn("/bin/sh", shell, stdin, stdout);
    }
  }

  private int spawn(String path, List<String> arguments, PosixFile stdin, PosixFile stdout)
      throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(OPAQUE, 16);
      MemorySegment attributes = arena.allocate(OPAQUE, 16);
      check("posix_spawn", (int) SpawnLibrary.ACTIONS_INIT.invokeExact(actions));
      check("posix_spawn", (int) SpawnLibrary.ATTR_INIT.invokeExact(attributes));
      try {
        plumb(actions, stdin, stdout);
        attributes(arena, attributes);
        MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
        check(
            "execute " + path,
            (int)
                SpawnLibrary.SPAWN.invokeExact(
                    pid,
                    NativeText.allocate(arena, path),
                    actions,
                    attributes,
                    array(arena, arguments),
                    array(arena, assignments())));
        return pid.get(ValueLayout.JAVA_INT, 0);
      } finally {
        int ignored = (int) SpawnLibrary.ACTIONS_DESTROY.invokeExact(actions);
      }
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("posix_spawn", e);
    }
  }

  /// In the child, in this order: standard descriptors, working folder, and then nothing else open:
  /// files that the JVM opened are not close-on-exec.
  private void plumb(MemorySegment actions, PosixFile stdin, PosixFile stdout) throws Throwable {
    check("dup2", (int) SpawnLibrary.ADD_DUP2.invokeExact(actions, stdin.descriptor(), 0));
    check("dup2", (int) SpawnLibrary.ADD_DUP2.invokeExact(actions, stdout.descriptor(), 1));
    check("dup2", (int) SpawnLibrary.ADD_DUP2.invokeExact(actions, stdout.descriptor(), 2));
    check(
        "fchdir",
        (int) SpawnLibrary.ADD_FCHDIR.invokeExact(actions, workingDirectory.descriptor()));
    Optional<MethodHandle> closeFrom = SpawnLibrary.CloseFrom.HANDLE;
    if (closeFrom.isPresent()) {
      check("closefrom", (int) closeFrom.get().invokeExact(actions, 3));
      return;
    }
    // musl and old glibc: mark all that is open, and close in the child what is opened meanwhile,
    // which gets the lowest free numbers.
    SystemCall.CLOSE_RANGE.tryCall(3, 0xffff_ffffL, CLOSE_RANGE_CLOEXEC);
    for (int fd = 3; fd < stdout.descriptor() + 64; fd++) {
      check("close", (int) SpawnLibrary.AddClose.HANDLE.invokeExact(actions, fd));
    }
  }

  private static void attributes(Arena arena, MemorySegment attributes) throws Throwable {
    MemorySegment signals = arena.allocate(128, 8);
    check("sigmask", (int) SpawnLibrary.ATTR_SIGMASK.invokeExact(attributes, signals));
    MemorySegment defaults = arena.allocate(128, 8);
    defaults.set(ValueLayout.JAVA_LONG, 0, ALL_SIGNALS);
    check("sigdefault", (int) SpawnLibrary.ATTR_SIGDEFAULT.invokeExact(attributes, defaults));
    short flags = (short) (SETSIGDEF | SETSIGMASK | SETSID);
    check("flags", (int) SpawnLibrary.ATTR_FLAGS.invokeExact(attributes, flags));
  }

  private List<String> assignments() {
    return environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  private static MemorySegment array(Arena arena, List<String> texts) throws PosixException {
    MemorySegment array = arena.allocate(8L * (texts.size() + 1), 8);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, NativeText.allocate(arena, texts.get(i)));
    }
    return array;
  }

  private static void check(String what, int error) throws PosixException {
    if (error != 0) {
      throw new PosixException(what, error);
    }
  }

  private static PosixFile[] pipe() throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fds = arena.allocate(ValueLayout.JAVA_INT, 2);
      SystemCall.PIPE2.call("", fds.address(), CLOEXEC);
      return new PosixFile[] {
        new PosixFile("pipe", fds.getAtIndex(ValueLayout.JAVA_INT, 0)),
        new PosixFile("pipe", fds.getAtIndex(ValueLayout.JAVA_INT, 1))
      };
    }
  }

  private static void closeAll(PosixFile... files) throws PosixException {
    for (PosixFile file : files) {
      file.close();
    }
  }
}
