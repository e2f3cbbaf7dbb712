package org.jmail.network.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.MaildropQueue;
import org.jmail.base.spool.OfflineQueue;
import org.jmail.base.spool.QueueAction;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.QueueTools;

/// The queue of a mail system that is down, opened by a tool of its owner or of root.
public final class ClosedQueue implements OfflineQueue {

  @Override
  public QueueTools open(Config config) throws IOException, BadValueException {
    Path spool = Path.of(config.get(BaseParameters.QUEUE_DIRECTORY));
    Path folder = spool.resolve("queue");
    MaildropQueue maildrop = new MaildropQueue(spool);
    if (!LmdbQueueStore.exists(folder)) {
      return new NoQueue(maildrop);
    }
    InstantSource clock = InstantSource.system();
    LmdbQueueStore store =
        LmdbQueueStore.open(folder, QueueParameters.settings(config), clock, new ToStandardError());
    giveToOwner(folder);
    return new Opened(store, new DirectQueueTools(store, new NoDeliveries(), clock, maildrop));
  }

  /// What root made here belongs to the owner of the queue, who opens it next.
  private static void giveToOwner(Path folder) throws IOException {
    Object owner = Files.getAttribute(folder, "unix:uid");
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!owner.equals(Files.getAttribute(file, "unix:uid"))) {
          Files.setAttribute(file, "unix:uid", owner);
        }
      }
    }
  }

  private record Opened(LmdbQueueStore store, QueueTools tools) implements QueueTools {
    @Override
    public void list(Listing listing) throws IOException {
      tools.list(listing);
    }

    @Override
    public void flush() throws IOException {
      tools.flush();
    }

    @Override
    public void flushMessage(String queueId) throws IOException {
      tools.flushMessage(queueId);
    }

    @Override
    public boolean flushSite(String site) throws IOException {
      return tools.flushSite(site);
    }

    @Override
    public void change(QueueAction action, List<String> queues, List<String> ids, Changes changes)
        throws IOException {
      tools.change(action, queues, ids, changes);
    }

    @Override
    public long changeAll(QueueAction action, List<String> queues) throws IOException {
      return tools.changeAll(action, queues);
    }

    @Override
    public boolean records(String queueId, Records records) throws IOException {
      return tools.records(queueId, records);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /// Before the first start: what sendmail left waits for it.
  private record NoQueue(MaildropQueue maildrop) implements QueueTools {
    @Override
    public void list(Listing listing) throws IOException {
      maildrop.list(listing);
    }

    @Override
    public void flush() throws IOException {
      throw new IOException("mail system is down");
    }

    @Override
    public void flushMessage(String queueId) throws IOException {
      flush();
    }

    @Override
    public boolean flushSite(String site) throws IOException {
      flush();
      return false;
    }

    @Override
    public void change(QueueAction action, List<String> queues, List<String> ids, Changes changes)
        throws IOException {
      for (String id : ids) {
        if (DirectQueueTools.removes(action, queues) && maildrop.remove(id)) {
          changes.changed(id);
        }
      }
    }

    @Override
    public long changeAll(QueueAction action, List<String> queues) throws IOException {
      return DirectQueueTools.removes(action, queues) ? maildrop.removeAll() : 0;
    }

    @Override
    public boolean records(String queueId, Records records) throws IOException {
      return maildrop.records(queueId, records);
    }

    @Override
    public void close() {}
  }

  private static final class NoDeliveries implements DirectQueueTools.Deliveries {
    @Override
    public Set<QueueId> active() {
      return Set.of();
    }

    @Override
    public void forget(Collection<QueueId> ids) {}

    @Override
    public void wake() {}

    @Override
    public void pickUp() {}

    @Override
    public void flush() throws IOException {
      throw new IOException("mail system is down");
    }

    @Override
    public void flush(Collection<QueueId> ids) throws IOException {
      flush();
    }

    @Override
    public boolean flushSite(String site) throws IOException {
      flush();
      return false;
    }
  }

  /// What the store has to say goes to the user.
  private static final class ToStandardError implements MailLog {
    @Override
    public void info(String text) {}

    @Override
    public void warning(String text) {
      System.err.println("warning: " + text);
    }

    @Override
    public void error(String text) {
      System.err.println("error: " + text);
    }

    @Override
    public void fatal(String text) {
      System.err.println("fatal: " + text);
    }
  }
}
