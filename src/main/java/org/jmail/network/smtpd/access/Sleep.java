package org.jmail.network.smtpd.access;

import java.time.Duration;

/// sleep: lets the client wait. Only its own session waits.
record Sleep(Duration time) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Outcome.DUNNO;
  }
}
