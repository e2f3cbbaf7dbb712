package org.jmail.delivery.server;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;

/// How large the heap of the network process may become: what the service needs anyway, and some
/// for each SMTP session that master.cf allows at once. A process limit of smtpd is a number of
/// sessions here, and no process comes with one.
final class NetworkHeap {

  private static final long BASE_MEGABYTES = 128;

  /// So many sessions are in the base.
  private static final long FEW = 1_000;

  /// What a session holds that is in the middle of a message.
  private static final long SESSION_KILOBYTES = 32;

  /// What is assumed where there is no limit.
  private static final long MANY = 10_000;

  private NetworkHeap() {}

  /// In megabytes.
  static long megabytes(Configuration configuration) throws BadValueException {
    long usual = configuration.main().get(BaseParameters.DEFAULT_PROCESS_LIMIT);
    long sessions = 0;
    for (MasterService row : configuration.master().services()) {
      if (row.program().equals("smtpd")) {
        long limit = row.processLimit().isPresent() ? row.processLimit().getAsInt() : usual;
        sessions += limit == 0 ? MANY : limit;
      }
    }
    return BASE_MEGABYTES + Math.max(0, sessions - FEW) * SESSION_KILOBYTES / 1024;
  }
}
