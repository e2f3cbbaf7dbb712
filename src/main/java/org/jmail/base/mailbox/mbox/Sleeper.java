package org.jmail.base.mailbox.mbox;

import java.time.Duration;

/// Waits; a test's does not.
public interface Sleeper {
  void sleep(Duration time) throws InterruptedException;
}
