package org.jmail.network.qmgr;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import org.jmail.base.spool.QueueId;
import org.jmail.network.queue.DirectQueueTools;

/// The queue manager as the queue tools see it.
final class ManagedDeliveries implements DirectQueueTools.Deliveries {

  private final QueueManager manager;
  private final FastFlush sites;
  private final Runnable pickup;

  /// @param pickup is told that messages wait in maildrop
  ManagedDeliveries(QueueManager manager, FastFlush sites, Runnable pickup) {
    this.manager = manager;
    this.sites = sites;
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
    return sites.flush(site);
  }
}
