package org.jmail.delivery.server;

import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.maillog.Printable;

/// Tells whoever ran `postfix start` how the start went: warnings and errors on standard error
/// until mail is accepted, then the word `ready` on standard output, then nothing more. Safe for
/// use by many threads.
final class StartReport {

  private final PrintStream out;
  private final PrintStream err;
  private final boolean detached;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean over;

  /// @param detached whether nobody reads the streams after the start
  StartReport(PrintStream out, PrintStream err, boolean detached) {
    this.out = out;
    this.err = err;
    this.detached = detached;
  }

  /// A line such as `postfix/master: fatal: …`, while the start lasts.
  void say(String line) {
    lock.lock();
    try {
      if (!over) {
        err.println(Printable.of(line));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Mail is accepted.
  void ready() {
    lock.lock();
    try {
      if (!over && detached) {
        out.println("ready");
        // The JDK puts /dev/null in the place of a standard stream that is closed.
        out.close();
        err.close();
      }
      over = true;
    } finally {
      lock.unlock();
    }
  }
}
