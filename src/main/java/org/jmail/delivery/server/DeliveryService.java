package org.jmail.delivery.server;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.ContentStore;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Frame;
import org.jmail.base.ipc.FrameReader;
import org.jmail.base.ipc.FrameWriter;
import org.jmail.base.ipc.RequestAssembler;
import org.jmail.base.ipc.ResultSender;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.DeliveryLine.Times;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Recipient;

/// Serves the connections of the network process, one after the other: requests in, each on a
/// virtual thread of its own, results out in whatever order they come. Postfix counterpart: the
/// server side of deliver_request.c.
public final class DeliveryService {

  /// How many requests may be worked on; the next is not read before one is done.
  private static final int MAX_IN_WORK = 4000;

  private final Function<String, Optional<Transport>> transports;
  private final ContentStore store;
  private final Function<String, MailLog> logs;
  private final MailLog log;
  private final DeliveryLine line;
  private final Semaphore inWork = new Semaphore(MAX_IN_WORK);
  private final UnrecordedResults unrecorded = new UnrecordedResults();

  /// What a network process that has ended left in its connection comes before what the next one
  /// asks: else it could be delivered after that was done and forgotten.
  private final ReentrantLock reading = new ReentrantLock(true);

  /// @param transports by their name in master.cf
  /// @param logs the log of each program: `master` and, for what no transport could log, theirs
  public DeliveryService(
      Function<String, Optional<Transport>> transports,
      ContentStore store,
      Function<String, MailLog> logs,
      DeliveryLine line) {
    this.transports = transports;
    this.store = store;
    this.logs = logs;
    this.log = logs.apply("master");
    this.line = line;
  }

  /// Serves until the peer closes or sends what is no request; that closes the connection with a
  /// line in the log and harms nothing else.
  public void serve(SocketChannel peer) {
    Connection connection = new Connection(new ResultSender(new FrameWriter(peer)));
    reading.lock();
    try (peer;
        RequestAssembler assembler = new RequestAssembler(store, connection::recorded)) {
      receive(peer, assembler, connection);
    } catch (IOException e) {
      log.warning("delivery connection: " + e.getMessage());
    } finally {
      reading.unlock();
    }
  }

  /// Where results go, and what of them is not known to be on disk.
  private record Connection(
      ResultSender results, Map<Integer, UnrecordedResults.Claim> unrecorded) {

    Connection(ResultSender results) {
      this(results, Collections.synchronizedMap(UnrecordedResults.bounded()));
    }

    void recorded(int id) {
      UnrecordedResults.Claim claim = unrecorded.remove(id);
      if (claim != null) {
        claim.recorded();
      }
    }
  }

  /// Returns at the end of the connection; the line about why is written before the peer sees it.
  private void receive(SocketChannel peer, RequestAssembler assembler, Connection connection) {
    try {
      FrameReader reader = new FrameReader(peer);
      for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        Optional<RequestAssembler.Complete> complete = assembler.accept(frame.get());
        if (complete.isPresent()) {
          inWork.acquire();
          Thread.ofVirtual()
              .name("delivery-" + complete.get().request().queueId())
              .start(() -> work(complete.get(), connection));
        }
      }
    } catch (IOException e) {
      log.warning("delivery connection closed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until no request is being worked on, or that long: an append to a mailbox must not be
  /// cut short by the end of the process.
  public boolean drain(Duration time) throws InterruptedException {
    boolean idle = inWork.tryAcquire(MAX_IN_WORK, time.toMillis(), TimeUnit.MILLISECONDS);
    if (idle) {
      inWork.release(MAX_IN_WORK);
    }
    return idle;
  }

  private void work(RequestAssembler.Complete complete, Connection connection) {
    DeliveryRequest request = complete.request();
    try {
      UnrecordedResults.Claim claim = unrecorded.claim(request);
      connection.unrecorded().put(complete.id(), claim);
      connection
          .results()
          .send(complete.id(), request.envelope().recipients(), deliver(complete, claim));
    } catch (IOException e) {
      log.info(request.queueId() + ": results wait for the network process: " + e.getMessage());
    } finally {
      complete.release().run();
      inWork.release();
    }
  }

  /// Delivers to whom nobody has delivered, and has the results of earlier attempts besides.
  private Map<Recipient, DeliveryResult> deliver(
      RequestAssembler.Complete complete, UnrecordedResults.Claim claim) {
    DeliveryRequest request = complete.request();
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    try {
      if (!claim.untried().isEmpty()) {
        results.putAll(deliver(complete.failure(), request.to(claim.untried())));
      }
    } finally {
      claim.tried(results);
    }
    try {
      results.putAll(claim.earlier());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever has no result is tried again
    }
    return results;
  }

  /// One of the two edges where a bug becomes a deferral: whatever goes wrong here, the mail stays
  /// in the queue.
  private Map<Recipient, DeliveryResult> deliver(
      Optional<IOException> failure, DeliveryRequest request) {
    if (failure.isPresent()) {
      return deferred(request, "cannot keep content: " + failure.get().getMessage());
    }
    Optional<Transport> transport = transports.apply(request.service());
    if (transport.isEmpty()) {
      return deferred(request, "mail transport unavailable: " + request.service());
    }
    try {
      return transport.get().deliver(request);
    } catch (InterruptedException e) {
      return deferred(request, "the mail system is stopping");
    } catch (RuntimeException | Error e) {
      StringBuilder where = new StringBuilder(e.toString());
      for (StackTraceElement element : e.getStackTrace()) {
        where.append(" at ").append(element);
      }
      log.error(request.queueId() + ": " + request.service() + " failed: " + where);
      return deferred(request, "internal error in " + request.service());
    }
  }

  /// Defers all recipients, with the line in the log that their transport did not write.
  private Map<Recipient, DeliveryResult> deferred(DeliveryRequest request, String why) {
    Deferred result = new Deferred(Diagnosis.of("4.3.0", why));
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    MailLog program = logs.apply(request.service());
    Instant now = Instant.now();
    Times times = Times.local(request.arrival(), request.activeSince(), now, now);
    for (Recipient each : request.envelope().recipients()) {
      results.put(each, result);
      program.info(line.format(request.queueId(), each, "none", times, result));
    }
    return results;
  }
}
