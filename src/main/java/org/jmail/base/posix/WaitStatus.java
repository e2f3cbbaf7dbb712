package org.jmail.base.posix;

/// How a child ended: wait(2)'s status word.
public record WaitStatus(int word) {

  /// Whether it called exit.
  public boolean exited() {
    return (word & 0x7f) == 0;
  }

  /// The exit status, 0..255.
  public int exitStatus() {
    return (word >> 8) & 0xff;
  }

  /// The signal that ended it, 0 when it exited.
  public int signal() {
    return word & 0x7f;
  }

  /// Whether it exited with status 0.
  public boolean success() {
    return word == 0;
  }
}
