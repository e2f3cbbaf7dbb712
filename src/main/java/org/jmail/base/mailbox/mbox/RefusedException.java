package org.jmail.base.mailbox.mbox;

import org.jmail.base.dsn.Diagnosis;

/// The mailbox cannot be used now, or ever; the diagnosis says which and why.
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never sent anywhere
  private final Diagnosis why;

  RefusedException(Diagnosis why) {
    super(why.text());
    this.why = why;
  }

  RefusedException(String code, String text) {
    this(Diagnosis.of(code, text));
  }

  Diagnosis why() {
    return why;
  }
}
