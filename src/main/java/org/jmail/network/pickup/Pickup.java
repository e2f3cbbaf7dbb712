package org.jmail.network.pickup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.Submitters;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.cleanup.CleanupParameters;
import org.jmail.network.cleanup.ReceiveOverride;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.rewrite.RewriteParameters;

/// pickup(8): serves `public/pickup`, takes what waits in `maildrop`, and takes messages of the
/// queue once more that an operator requeued.
public final class Pickup implements AutoCloseable {

  /// master.cf's wakeup time of pickup; changes in the folder are noticed at once.
  private static final Duration SCAN_INTERVAL = Duration.ofMinutes(1);

  private final Intake intake;
  private final MailLog log;
  private final PickupServer server;
  private final MaildropWatch watch;
  private final Requeue requeue;

  private Pickup(
      Intake intake, MailLog log, PickupServer server, MaildropWatch watch, Requeue requeue) {
    this.intake = intake;
    this.log = log;
    this.server = server;
    this.watch = watch;
    this.requeue = requeue;
  }

  /// Starts all. The folders `public`, `private` and `maildrop` of queue_directory must be there.
  ///
  /// @param config as master.cf's pickup row makes it
  /// @param active messages that are being delivered
  public static Pickup open(
      Config config,
      QueueStore queue,
      Cleanup cleanup,
      Supplier<Set<QueueId>> active,
      MailLog log,
      InstantSource clock)
      throws IOException, BadValueException {
    Path spool = Path.of(config.get(BaseParameters.QUEUE_DIRECTORY));
    Intake intake = new Intake(settings(config, cleanup, log), queue, log);
    Maildrop maildrop =
        new Maildrop(
            spool.resolve("maildrop"), spool.resolve("private/pickup"), intake, queue, log, clock);
    PickupServer server =
        PickupServer.open(
            spool.resolve("public/pickup"), intake, log, PickupServer.Limits.of(Posix.geteuid()));
    MaildropWatch watch =
        new MaildropWatch(maildrop, spool.resolve("maildrop"), SCAN_INTERVAL, log);
    Requeue requeue =
        new Requeue(queue, intake::settings, active, Posix.geteuid(), SCAN_INTERVAL, clock, log);
    watch.start();
    requeue.start();
    return new Pickup(intake, log, server, watch, requeue);
  }

  private static Intake.Settings settings(Config config, Cleanup cleanup, MailLog log)
      throws BadValueException {
    return new Intake.Settings(
        Submitters.of(config, log::warning),
        cleanup,
        config.get(RewriteParameters.EMPTY_ADDRESS_RECIPIENT),
        ReceiveOverride.parse(config.get(CleanupParameters.RECEIVE_OVERRIDE_OPTIONS)),
        config.get(CleanupParameters.CONTENT_FILTER));
  }

  /// Messages of the queue wait in maildrop (postsuper -r).
  public void wake() {
    requeue.wake();
  }

  /// Uses another configuration from the next message on, also for what it could not take before.
  public void reload(Config config, Cleanup cleanup) throws BadValueException {
    intake.reload(settings(config, cleanup, log));
    watch.scanNow();
  }

  /// Stops taking mail. What was not answered was not taken, or is known by its id when it comes
  /// again.
  @Override
  public void close() throws IOException {
    try {
      server.close();
    } finally {
      requeue.close();
      watch.close();
    }
  }
}
