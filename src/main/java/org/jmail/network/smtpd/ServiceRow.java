package org.jmail.network.smtpd;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MasterService;

/// A row of master.cf while it is served: where it listens, and how it is configured now. Safe for
/// use by many threads.
final class ServiceRow implements AutoCloseable {

  private final Listener listener;
  private final ConnectionServer connections;
  private volatile Optional<Current> current = Optional.empty();

  ServiceRow(Listener listener, SessionWatch watch) {
    this.listener = listener;
    this.connections = new ConnectionServer(watch);
  }

  /// One configuration of the row: as it is, and under stress. The second is read when it is first
  /// needed.
  static final class Current {
    private final MasterService row;
    private final ServiceMaker maker;
    private final SmtpService usual;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SmtpService> stressed = Optional.empty();

    private Current(MasterService row, ServiceMaker maker, SmtpService usual) {
      this.row = row;
      this.maker = maker;
      this.usual = usual;
    }

    static Current of(MasterService row, ServiceMaker maker) throws BadValueException {
      return new Current(row, maker, maker.make(row, false));
    }

    SmtpService service(boolean stress) {
      if (!stress) {
        return usual;
      }
      lock.lock();
      try {
        if (stressed.isEmpty()) {
          stressed = Optional.of(maker.make(row, true));
        }
      } catch (BadValueException e) {
        usual.log().warning("settings for stress: " + e.getMessage());
        stressed = Optional.of(usual);
      } finally {
        lock.unlock();
      }
      return stressed.get();
    }
  }

  /// The configuration of sessions that begin from now on. Tables of the one before stay open for
  /// the sessions that use them, and go with them.
  void change(Current next) {
    current = Optional.of(next);
  }

  /// The most sessions at once from now on; 0 for no limit.
  void limit(int sessions) {
    listener.limit(sessions);
  }

  void start() {
    listener.start(channel ->
        connections.serve(channel, current.orElseThrow().service(listener.isStressed())));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
