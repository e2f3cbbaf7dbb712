package org.jmail.delivery.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.message.DsnOptions.Trace;
import org.jmail.base.message.Recipient;

/// What was delivered, bounced or expanded while the queue may not say so yet. The network process
/// tells when results are on disk. One that ends before it could asks again after its restart, and
/// then gets what the first attempt gave, or waits for the one that is still being made: nobody
/// gets his mail twice. What is to be tried again is not kept. Safe for use by many threads.
final class UnrecordedResults {

  /// Many times what can be under way. Beyond it the oldest are forgotten; should they be asked for
  /// after all, their mail comes twice.
  private static final int MOST = 20_000;

  private record Key(String queueId, String service, Recipient recipient) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, CompletableFuture<Optional<DeliveryResult>>> attempts = bounded();

  /// Begins an attempt: whoever of its recipients nobody has tried is its to try.
  Claim claim(DeliveryRequest request) {
    List<Recipient> recipients = request.envelope().recipients();
    if (request.envelope().dsn().trace() == Trace.VERIFY) {
      return new Claim(recipients, Map.of(), Map.of()); // it delivers nothing
    }
    List<Recipient> untried = new ArrayList<>(recipients.size());
    Map<Key, CompletableFuture<Optional<DeliveryResult>>> own = new HashMap<>();
    Map<Key, CompletableFuture<Optional<DeliveryResult>>> earlier = new HashMap<>();
    lock.lock();
    try {
      for (Recipient recipient : recipients) {
        Key key = new Key(request.queueId(), request.service(), recipient);
        CompletableFuture<Optional<DeliveryResult>> known = attempts.get(key);
        if (known == null) {
          CompletableFuture<Optional<DeliveryResult>> attempt = new CompletableFuture<>();
          attempts.put(key, attempt);
          own.put(key, attempt);
          untried.add(recipient);
        } else if (!own.containsKey(key)) {
          earlier.put(key, known);
        }
      }
    } finally {
      lock.unlock();
    }
    return new Claim(untried, own, earlier);
  }

  /// One request's part of what is known.
  final class Claim {
    private final List<Recipient> untried;
    private final Map<Key, CompletableFuture<Optional<DeliveryResult>>> own;
    private final Map<Key, CompletableFuture<Optional<DeliveryResult>>> earlier;

    private Claim(
        List<Recipient> untried,
        Map<Key, CompletableFuture<Optional<DeliveryResult>>> own,
        Map<Key, CompletableFuture<Optional<DeliveryResult>>> earlier) {
      this.untried = untried;
      this.own = own;
      this.earlier = earlier;
    }

    /// The recipients to try, after which [#tried] must be called.
    List<Recipient> untried() {
      return untried;
    }

    /// Keeps what became of them.
    void tried(Map<Recipient, DeliveryResult> results) {
      own.forEach((key, attempt) -> {
        Optional<DeliveryResult> result = Optional.ofNullable(results.get(key.recipient()));
        if (result.isEmpty() || result.get() instanceof DeliveryResult.Deferred) {
          forget(key, attempt);
        }
        attempt.complete(result);
      });
    }

    /// What became of the others, once their attempts are over.
    Map<Recipient, DeliveryResult> earlier() throws InterruptedException {
      Map<Recipient, DeliveryResult> results = new HashMap<>();
      for (var attempt : earlier.entrySet()) {
        try {
          attempt
              .getValue()
              .get()
              .ifPresent(result -> results.put(attempt.getKey().recipient(), result));
        } catch (ExecutionException e) {
          throw new IllegalStateException("nobody completes an attempt exceptionally", e);
        }
      }
      return results;
    }

    /// The results are on disk, so nobody will ask again.
    void recorded() {
      own.forEach(UnrecordedResults.this::forget);
      earlier.forEach(UnrecordedResults.this::forget);
    }
  }

  private void forget(Key key, CompletableFuture<Optional<DeliveryResult>> attempt) {
    lock.lock();
    try {
      attempts.remove(key, attempt);
    } finally {
      lock.unlock();
    }
  }

  /// A map that forgets its oldest entries when it has too many.
  static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
