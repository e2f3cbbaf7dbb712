package org.jmail.network.bounce;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.QueueId;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;

/// Decides what is to be told after a round of attempts: first of deliveries, since their report
/// may name failures too, then of failures, then of delay. Each is a commit of its own. Safe for
/// use by many threads.
public final class BounceService implements Bounces {

  private final QueueStore store;
  private final Supplier<Cleanup> cleanup;
  private final Supplier<BounceSettings> settings;
  private final InstantSource clock;
  private final MailLog log;

  public BounceService(
      QueueStore store,
      Supplier<Cleanup> cleanup,
      Supplier<BounceSettings> settings,
      InstantSource clock,
      MailLog log) {
    this.store = store;
    this.cleanup = cleanup;
    this.settings = settings;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public boolean roundEnded(QueueId id) throws IOException {
    Optional<StoredMessage> found = store.find(id);
    if (found.isEmpty()) {
      return false;
    }
    StoredMessage message = found.get();
    Posting posting = new Posting(store, cleanup.get(), settings.get(), clock, log);
    new DeliveryNotices(posting).send(message);
    new FailureNotices(posting).send(message);
    new DelayNotices(posting).send(message);
    return message.recipients().stream().noneMatch(StoredRecipient::pending);
  }
}
