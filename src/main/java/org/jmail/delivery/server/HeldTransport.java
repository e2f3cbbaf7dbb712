package org.jmail.delivery.server;

import java.util.HashMap;
import java.util.Map;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.message.Recipient;

/// A transport with threads and tables that a reload replaces: what is being delivered is
/// delivered, then it gives them back. Safe for use by many threads.
final class HeldTransport implements Transport, AutoCloseable {

  private final Transport transport;
  private final Uses uses;

  /// @param release gives back what the transport holds
  HeldTransport(Transport transport, Runnable release) {
    this.transport = transport;
    this.uses = new Uses(release);
  }

  @Override
  public Map<Recipient, DeliveryResult> deliver(DeliveryRequest request)
      throws InterruptedException {
    if (!uses.enter()) {
      Deferred stopped = new Deferred(Diagnosis.of("4.3.2", "the mail system is being reloaded"));
      Map<Recipient, DeliveryResult> results = new HashMap<>();
      request.envelope().recipients().forEach(each -> results.put(each, stopped));
      return results;
    }
    try {
      return transport.deliver(request);
    } finally {
      uses.leave();
    }
  }

  /// Returns at once.
  @Override
  public void close() {
    uses.close();
  }
}
