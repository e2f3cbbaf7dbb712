package org.jmail.network.smtpd;

import java.io.IOException;

/// smtpd_end_of_data_restrictions said no: nothing is to be queued.
final class RefusedAtEndException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  RefusedAtEndException(Reply reply) {
    super(reply.text());
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }
}
