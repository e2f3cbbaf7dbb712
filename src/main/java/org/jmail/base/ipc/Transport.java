package org.jmail.base.ipc;

import java.util.Map;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.message.Recipient;

/// What delivers: local, virtual, pipe, error, discard, retry, later smtp and lmtp. Safe for use by
/// many threads at once; blocks until the attempt is over. Each recipient of the request gets a
/// result; one that is missing counts as deferred. Logs its own `to=<…> … status=…` lines.
public interface Transport {

  /// Tries to deliver.
  Map<Recipient, DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException;
}
