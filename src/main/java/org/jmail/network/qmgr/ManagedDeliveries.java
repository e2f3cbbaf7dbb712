package org.jmail.network.qmgr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.spool.QueueId;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;
import org.jmail.network.queue.DirectQueueTools;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// The queue manager as the queue tools see it.
final class ManagedDeliveries implements DirectQueueTools.Deliveries {

  private static final int PAGE = 500;

  private final QueueManager manager;
  private final QueueStore store;
  private final String fastFlushDomains;
  private final TableContext context;
  private final Runnable pickup;

  /// @param pickup is told that messages wait in maildrop
  ManagedDeliveries(
      QueueManager manager,
      QueueStore store,
      String fastFlushDomains,
      TableContext context,
      Runnable pickup) {
    this.manager = manager;
    this.store = store;
    this.fastFlushDomains = fastFlushDomains;
    this.context = context;
    this.pickup = pickup;
  }

  @Override
  public Set<QueueId> active() {
    return manager.active();
  }

  @Override
  public void forget(Collection<QueueId> ids) {
    manager.forget(ids);
  }

  @Override
  public void wake() {
    manager.wake();
  }

  @Override
  public void pickUp() {
    pickup.run();
  }

  @Override
  public void flush() {
    manager.flush();
  }

  @Override
  public void flush(Collection<QueueId> ids) throws IOException {
    manager.flush(ids);
  }

  @Override
  public boolean flushSite(String site) throws IOException {
    try (MatchList eligible =
        MatchList.parse("fast_flush_domains", fastFlushDomains, true, context)) {
      if (!eligible.matchesDomain(site)) {
        return false;
      }
    } catch (TableException | BadValueException e) {
      throw new IOException("fast_flush_domains: " + e.getMessage(), e);
    }
    QueueId after = QueueId.ofKey(0);
    List<StoredMessage> page = store.list(after, PAGE);
    while (!page.isEmpty()) {
      List<QueueId> ids = new ArrayList<>();
      for (StoredMessage message : page) {
        after = message.id();
        if (message.queue() == QueueName.DEFERRED && goesTo(message, site)) {
          ids.add(message.id());
        }
      }
      if (!ids.isEmpty()) {
        manager.flush(ids);
      }
      page = store.list(after, PAGE);
    }
    return true;
  }

  private static boolean goesTo(StoredMessage message, String site) {
    return message.pending().stream()
        .anyMatch(r -> r.recipient().address().domain().equalsIgnoreCase(site));
  }
}
