package org.jmail.network.qmgr;

import java.io.IOException;
import java.net.IDN;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Words;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.QueueId;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Has the mail for a domain tried at once: ETRN (RFC 1985), `postqueue -s`, `sendmail -qR`.
/// Postfix's flush(8) logs which messages wait for each domain, since it cannot look into all; here
/// the queue is gone through instead, once for all domains that were asked for meanwhile and never
/// twice at a time, so that strangers who ask again and again cost no more than one pass. Safe for
/// use by many threads.
public final class FastFlush {

  private static final int PAGE = 500;
  private static final int MOST_WAITING = 1_000;
  private static final String DOMAINS = QueueToolsParameters.FAST_FLUSH_DOMAINS.name();

  private final QueueStore store;
  private final QueueManager manager;
  private final MailLog log;
  private final Set<String> waiting = new HashSet<>();
  private boolean running;
  private volatile Config config;

  private FastFlush(Config config, QueueStore store, QueueManager manager, MailLog log) {
    this.config = config;
    this.store = store;
    this.manager = manager;
    this.log = log;
  }

  /// For the life of the process; [#reload] brings other configurations.
  ///
  /// @param config of the flush service
  public static FastFlush open(Config config, QueueStore store, QueueManager manager, MailLog log) {
    return new FastFlush(config, store, manager, log);
  }

  /// Goes by another configuration from here on.
  public void reload(Config fresh) {
    config = fresh;
  }

  /// Begins to try what waits for a domain; messages on hold stay there.
  ///
  /// @return false when fast_flush_domains does not have it
  /// @throws IOException when that cannot be told, or when too many others are waiting
  public boolean flush(String site) throws IOException {
    if (!isEligible(site)) {
      return false;
    }
    synchronized (waiting) {
      if (waiting.size() >= MOST_WAITING) {
        throw new IOException("too many destinations wait for their mail to be tried");
      }
      waiting.add(folded(site));
      if (!running) {
        running = true;
        Thread.ofVirtual().name("flush").start(this::run);
      }
    }
    return true;
  }

  private boolean isEligible(String site) throws IOException {
    Config now = config;
    try (MatchList eligible =
        MatchList.parse(
            DOMAINS,
            now.get(QueueToolsParameters.FAST_FLUSH_DOMAINS),
            Words.splitPlain(
                    now.lookup("parent_domain_matches_subdomains").orElse(""), Words.COMMA_SPACE)
                .contains(DOMAINS),
            TableContext.of(now, log::warning))) {
      return eligible.matchesDomain(site);
    } catch (TableException | BadValueException e) {
      throw new IOException(DOMAINS + ": " + e.getMessage(), e);
    }
  }

  private void run() {
    for (Set<String> sites = next(); !sites.isEmpty(); sites = next()) {
      try {
        tryAll(sites);
      } catch (IOException | RuntimeException e) {
        log.warning("queue: " + e.getMessage());
      }
    }
  }

  /// All that are waiting; none, and then this thread is to end.
  private Set<String> next() {
    synchronized (waiting) {
      Set<String> sites = Set.copyOf(waiting);
      waiting.clear();
      running = !sites.isEmpty();
      return sites;
    }
  }

  private void tryAll(Set<String> sites) throws IOException {
    QueueId after = QueueId.ofKey(0);
    List<StoredMessage> page = store.list(after, PAGE);
    while (!page.isEmpty()) {
      List<QueueId> ids = new ArrayList<>();
      for (StoredMessage message : page) {
        after = message.id();
        if (message.queue() == QueueName.DEFERRED && goesTo(message, sites)) {
          ids.add(message.id());
        }
      }
      if (!ids.isEmpty()) {
        manager.flush(ids);
      }
      page = store.list(after, PAGE);
    }
  }

  private static boolean goesTo(StoredMessage message, Set<String> sites) {
    return message.pending().stream()
        .anyMatch(r -> sites.contains(folded(r.recipient().address().domain())));
  }

  /// As names are compared: ASCII, in small letters.
  private static String folded(String domain) {
    String ascii = domain;
    if (domain.chars().anyMatch(c -> c > 0x7f)) {
      try {
        ascii =
            IDN.toASCII(
                new String(
                    domain.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                    java.nio.charset.StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        return domain;
      }
    }
    return ascii.toLowerCase(Locale.ROOT);
  }
}
