package org.jmail.base.posix;

/// Small questions and orders to the kernel about this process.
public final class Posix {

  private static final int PR_SET_PDEATHSIG = 1;
  private static final int SIGKILL = 9;

  private Posix() {}

  /// The effective user id of the calling thread (of the process, unless the thread acts as a
  /// user).
  public static int geteuid() {
    return (int) SystemCall.GETEUID.tryCall();
  }

  /// The effective group id of the calling thread.
  public static int getegid() {
    return (int) SystemCall.GETEGID.tryCall();
  }

  /// The process id.
  public static int getpid() {
    return (int) SystemCall.GETPID.tryCall();
  }

  /// The kernel's id of the calling platform thread, or of the carrier of a virtual one.
  public static int gettid() {
    return (int) SystemCall.GETTID.tryCall();
  }

  /// Sets the file mode creation mask of the whole process.
  ///
  /// @return the mask before
  public static int umask(int mask) {
    return (int) SystemCall.UMASK.tryCall(mask);
  }

  /// Sends a signal; signal 0 only asks whether that is possible. A negative pid is a process
  /// group.
  public static void kill(int pid, int signal) throws PosixException {
    SystemCall.KILL.call("process " + pid, pid, signal);
  }

  /// Leaves the terminal and the process group of whoever started this process: its own session.
  public static void setsid() throws PosixException {
    SystemCall.SETSID.call("setsid");
  }

  /// Has the kernel kill this process when the one that started it ends. To be called by the thread
  /// that the process began with, as long as its parent lives: the order dies with its thread.
  public static void endWithParent() throws PosixException {
    SystemCall.PRCTL.call("parent", PR_SET_PDEATHSIG, SIGKILL);
  }
}
