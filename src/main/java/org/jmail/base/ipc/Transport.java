package org.jmail.base.ipc;

import java.util.Map;
import java.util.Optional;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Recipient;

/// What delivers: local, virtual, pipe, error, discard, retry, later smtp and lmtp. Safe for use by
/// many threads at once; blocks until the attempt is over. Each recipient of the request gets a
/// result; one that is missing counts as deferred. Logs its own `to=<…> … status=…` lines.
public interface Transport {

  /// How an attempt ended.
  ///
  /// @param unreachable why the destination could not be reached at all, whoever the recipients;
  ///   empty when it was reached
  /// @param recorded is run once the results are on disk: until then who delivered may have to give
  ///   them a second time
  record Ending(
      Map<Recipient, DeliveryResult> results, Optional<Diagnosis> unreachable, Runnable recorded) {

    public Ending {
      results = Map.copyOf(results);
    }

    /// One whose results are asked for once.
    public Ending(Map<Recipient, DeliveryResult> results, Optional<Diagnosis> unreachable) {
      this(results, unreachable, () -> {});
    }
  }

  /// Tries to deliver, and says whether the destination was reached: one that is not for some time
  /// is left alone (Postfix qmgr_queue_throttle). Only for transports that have to reach somebody.
  default Ending reach(DeliveryRequest request) throws InterruptedException {
    return new Ending(deliver(request), Optional.empty());
  }

  /// Tries to deliver.
  Map<Recipient, DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException;
}
