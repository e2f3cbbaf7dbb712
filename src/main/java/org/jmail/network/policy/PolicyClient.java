package org.jmail.network.policy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jmail.base.maillog.MailLog;

/// Asks one policy service. Connections are kept and used again; a request that fails is sent again
/// on a new one, smtpd_policy_service_try_limit times in all. Safe for use by many threads: each
/// waits for its own answer.
public final class PolicyClient implements AutoCloseable {

  /// As many requests at once as Postfix's default_process_limit leaves it.
  private static final int AT_ONCE = 100;

  private final PolicySettings settings;
  private final MailLog log;
  private final InstantSource clock;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final Deque<PolicyConnection> idle = new ArrayDeque<>();
  private boolean closed;

  public PolicyClient(PolicySettings settings, MailLog log, InstantSource clock) {
    this.settings = settings;
    this.log = log;
    this.clock = clock;
  }

  /// What it was made with.
  public PolicySettings settings() {
    return settings;
  }

  /// The service's action; empty, with warnings in the log, when it has none to give.
  ///
  /// @param attributes in order; line ends in values become blanks
  public Optional<String> ask(Map<String, String> attributes) {
    ByteBuffer request = encode(attributes);
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      for (long attempt = 1; attempt <= settings.tryLimit(); attempt++) {
        Optional<String> action = attempt(request, attempt);
        if (action.isPresent()) {
          return action;
        }
      }
      return Optional.empty();
    } finally {
      permits.release();
    }
  }

  private Optional<String> attempt(ByteBuffer request, long attempt) {
    try {
      if (attempt > 1) {
        Thread.sleep(settings.retryDelay());
      }
      return Optional.of(exchange(request, attempt > 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException | PolicyException e) {
      boolean hungUp = e instanceof IOException && !(e instanceof ConnectException);
      if (attempt >= settings.tryLimit() || !hungUp) {
        log.warning("problem talking to server " + settings.endpoint().text() + ": " + reason(e));
      }
      return Optional.empty();
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private String exchange(ByteBuffer request, boolean fresh) throws IOException, PolicyException {
    Deadline deadline = new Deadline(settings.timeout());
    PolicyConnection connection = fresh ? open(deadline) : connection(deadline);
    boolean used = connection.isUsed();
    try {
      return exchange(request, connection, deadline);
    } catch (IOException | PolicyException e) {
      if (!used) {
        throw e;
      }
      // the service may have closed it while nobody asked
      return exchange(request, open(deadline), deadline);
    }
  }

  private String exchange(ByteBuffer request, PolicyConnection connection, Deadline deadline)
      throws IOException, PolicyException {
    try {
      String action = connection.exchange(request, clock.instant(), deadline);
      keep(connection);
      return action;
    } catch (IOException | PolicyException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private PolicyConnection connection(Deadline deadline) throws IOException {
    synchronized (idle) {
      while (!idle.isEmpty()) {
        PolicyConnection last = idle.pollLast();
        if (last.isFresh(clock.instant(), settings)) {
          return last;
        }
        last.close();
      }
    }
    return open(deadline);
  }

  private PolicyConnection open(Deadline deadline) throws IOException {
    IOException failure = new IOException("no address");
    for (SocketAddress address : settings.endpoint().addresses()) {
      try {
        return PolicyConnection.open(address, clock.instant(), deadline);
      } catch (IOException e) {
        failure = e;
      }
    }
    log.warning("connect to " + settings.endpoint().text() + ": " + reason(failure));
    throw failure;
  }

  private void keep(PolicyConnection connection) {
    synchronized (idle) {
      if (!closed && connection.isFresh(clock.instant(), settings)) {
        while (!idle.isEmpty() && !idle.getFirst().isFresh(clock.instant(), settings)) {
          idle.removeFirst().close();
        }
        idle.addLast(connection);
        return;
      }
    }
    connection.close();
  }

  private static ByteBuffer encode(Map<String, String> attributes) {
    StringBuilder text = new StringBuilder(500);
    attributes.forEach((name, value) ->
        text.append(name)
            .append('=')
            .append(value.replace('\n', ' ').replace('\0', ' '))
            .append('\n'));
    return ByteBuffer.wrap(text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(PolicyConnection::close);
      idle.clear();
    }
  }
}
