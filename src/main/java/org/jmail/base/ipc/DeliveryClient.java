package org.jmail.base.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Recipient;

/// The network process's way to the transports of the delivery process: one connection, many
/// requests in flight, results matched by number. Safe for use by many threads; each waits for its
/// own results. A lost connection defers what was in flight, and the next request makes a new one.
/// Once results are on disk the other side is told, so that it need not know them any more.
public final class DeliveryClient implements Transport, AutoCloseable {

  /// How many requests may be in flight; more wait here and not in the other process.
  private static final int MAX_IN_FLIGHT = 2000;

  private final Path socket;
  private final BiConsumer<DeliveryRequest, Diagnosis> failures;
  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ClientConnection> connections = new ArrayDeque<>(1);
  private boolean closed;

  /// @param socket `private/delivery`
  /// @param failures told of requests that the delivery process did not answer, so that each of
  ///   their recipients gets its line in the log: nobody else writes one
  public DeliveryClient(Path socket, BiConsumer<DeliveryRequest, Diagnosis> failures) {
    this.socket = socket;
    this.failures = failures;
  }

  @Override
  public Map<Recipient, DeliveryResult> deliver(DeliveryRequest request)
      throws InterruptedException {
    return reach(request).results();
  }

  @Override
  public Ending reach(DeliveryRequest request) throws InterruptedException {
    List<Recipient> recipients = request.envelope().recipients();
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    List<ClientConnection.Call> calls = new ArrayList<>(1);
    for (int from = 0; from < recipients.size(); from += RequestAssembler.MAX_RECIPIENTS) {
      int to = Math.min(recipients.size(), from + RequestAssembler.MAX_RECIPIENTS);
      results.putAll(attempt(request.to(recipients.subList(from, to)), calls));
    }
    return new Ending(
        results, Optional.empty(), () -> calls.forEach(ClientConnection.Call::recorded));
  }

  /// @param calls gets the call that was answered
  private Map<Recipient, DeliveryResult> attempt(
      DeliveryRequest request, List<ClientConnection.Call> calls) throws InterruptedException {
    inFlight.acquire();
    try {
      ClientConnection.Call call = connection().send(request);
      Map<Recipient, DeliveryResult> results = call.await();
      calls.add(call);
      return results;
    } catch (IOException e) {
      Diagnosis why = Diagnosis.of("4.3.0", "delivery process: " + e.getMessage());
      failures.accept(request, why);
      Map<Recipient, DeliveryResult> deferred = new HashMap<>();
      request.envelope().recipients().forEach(each -> deferred.put(each, new Deferred(why)));
      return deferred;
    } finally {
      inFlight.release();
    }
  }

  private ClientConnection connection() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the mail system is stopping");
      }
      ClientConnection current = connections.peek();
      if (current != null && current.isOpen()) {
        return current;
      }
      connections.clear();
      ClientConnection fresh = ClientConnection.open(socket);
      connections.add(fresh);
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  /// Closes the connection; requests in flight are deferred.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      connections.forEach(each -> each.close("the mail system is stopping"));
    } finally {
      lock.unlock();
    }
  }
}
