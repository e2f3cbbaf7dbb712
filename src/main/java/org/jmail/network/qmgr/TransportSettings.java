package org.jmail.network.qmgr;

import java.time.Duration;
import java.util.OptionalInt;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;

/// What one transport may do at once.
///
/// @param processLimit attempts at once in all (master.cf maxproc); 0 is no limit
/// @param initialConcurrency attempts at once to a destination to begin with
/// @param concurrencyLimit and at most; 0 is no limit
/// @param recipientLimit recipients in one attempt; 1 makes every recipient a destination of its
///   own; 0 is no limit
/// @param rateDelay the pause between attempts to a destination; more than zero means one at a time
/// @param transportRateDelay the pause between attempts in all
/// @param failedCohorts how many rounds of failures make a destination dead; 0 never
public record TransportSettings(
    String name,
    int processLimit,
    int initialConcurrency,
    int concurrencyLimit,
    int recipientLimit,
    Duration rateDelay,
    Duration transportRateDelay,
    Feedback positive,
    Feedback negative,
    int failedCohorts) {

  public TransportSettings {
    if (rateDelay.isPositive()) {
      concurrencyLimit = 1;
      recipientLimit = recipientLimit == 0 ? 1 : recipientLimit;
    }
    if (concurrencyLimit != 0) {
      initialConcurrency = Math.min(initialConcurrency, concurrencyLimit);
    }
  }

  /// By main.cf, for a transport of which a process delivers one message at a time.
  ///
  /// @param maxproc of its master.cf entry
  public static TransportSettings of(Config config, String name, OptionalInt maxproc)
      throws BadValueException {
    return new TransportSettings(
        name,
        maxproc.isPresent()
            ? maxproc.getAsInt()
            : number(config.get(BaseParameters.DEFAULT_PROCESS_LIMIT)),
        number(config.getFor(name, QmgrParameters.INITIAL_CONCURRENCY)),
        number(config.getFor(name, QmgrParameters.CONCURRENCY_LIMIT)),
        number(config.getFor(name, QmgrParameters.RECIPIENT_LIMIT)),
        config.getFor(name, QmgrParameters.RATE_DELAY),
        config.getFor(name, QmgrParameters.TRANSPORT_RATE_DELAY),
        config.getFor(name, QmgrParameters.POSITIVE_FEEDBACK),
        config.getFor(name, QmgrParameters.NEGATIVE_FEEDBACK),
        number(config.getFor(name, QmgrParameters.FAILED_COHORTS)));
  }

  /// By main.cf, for a transport that puts all that waits for one mailbox in under one lock: many
  /// messages may be on their way to it, and it limits by itself what must not run at once.
  public static TransportSettings batching(Config config, String name) throws BadValueException {
    int limit = number(config.get(QmgrParameters.MAILBOX_BATCH_LIMIT));
    return new TransportSettings(
        name,
        0,
        limit,
        limit,
        number(config.getFor(name, QmgrParameters.RECIPIENT_LIMIT)),
        config.getFor(name, QmgrParameters.RATE_DELAY),
        config.getFor(name, QmgrParameters.TRANSPORT_RATE_DELAY),
        config.getFor(name, QmgrParameters.POSITIVE_FEEDBACK),
        config.getFor(name, QmgrParameters.NEGATIVE_FEEDBACK),
        number(config.getFor(name, QmgrParameters.FAILED_COHORTS)));
  }

  /// The same limits for another transport.
  TransportSettings named(String other) {
    return new TransportSettings(
        other,
        processLimit,
        initialConcurrency,
        concurrencyLimit,
        recipientLimit,
        rateDelay,
        transportRateDelay,
        positive,
        negative,
        failedCohorts);
  }

  private static int number(Long value) {
    return (int) Math.min(Integer.MAX_VALUE, value);
  }
}
