package org.jmail.network.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jmail.base.spool.QueueId;

/// A queue manager that delivers nothing and remembers what it was told.
public final class IdleDeliveries implements DirectQueueTools.Deliveries {

  private final List<String> told = new ArrayList<>();

  /// What it was told, in order.
  public List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public Set<QueueId> active() {
    return Set.of();
  }

  @Override
  public void forget(Collection<QueueId> ids) {
    told.add("forget " + ids.size());
  }

  @Override
  public void wake() {
    told.add("wake");
  }

  @Override
  public void pickUp() {
    told.add("pick up");
  }

  @Override
  public void flush() {
    told.add("flush");
  }

  @Override
  public void flush(Collection<QueueId> ids) {
    told.add("flush " + ids);
  }

  @Override
  public boolean flushSite(String site) {
    told.add("flush site " + site);
    return site.equals("example.com");
  }
}
