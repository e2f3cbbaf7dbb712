package org.jmail.network.queue;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How the queue is kept on disk.
public final class QueueParameters implements ParameterSet {

  public static final Parameter<Duration> QUEUE_COMMIT_DELAY =
      Parameter.time(
          "queue_commit_delay",
          "0s",
          Duration.ZERO,
          Duration.ofSeconds(10),
          "How long a commit to the queue waits for others to share its sync with. Messages that"
              + " arrive while one commit is being synced share the next one anyway.");

  public static final Parameter<Long> QUEUE_INLINE_LIMIT =
      Parameter.number(
          "queue_inline_limit",
          "65536",
          0,
          16L << 20,
          "Contents of at most so many octets are kept in the queue's database, larger ones in"
              + " files beside it.");

  public static final Parameter<Boolean> ENABLE_LONG_QUEUE_IDS =
      Parameter.bool(
          "enable_long_queue_ids",
          false,
          "Whether new messages get long queue ids, which are made of letters and digits, instead"
              + " of short hexadecimal ones.");

  public static final Parameter<Long> QUEUE_MINFREE =
      Parameter.size(
          "queue_minfree",
          "0",
          0,
          "How many octets must be free in the queue file system for a new message; 0 is no"
              + " limit.");

  /// The settings of a queue by main.cf.
  public static QueueSettings settings(Config config) throws BadValueException {
    return new QueueSettings(
        config.get(QUEUE_COMMIT_DELAY),
        (int) (long) config.get(QUEUE_INLINE_LIMIT),
        config.get(ENABLE_LONG_QUEUE_IDS),
        config.get(QUEUE_MINFREE),
        QueueSettings.DEFAULT.mapSize());
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(QUEUE_COMMIT_DELAY, QUEUE_INLINE_LIMIT, ENABLE_LONG_QUEUE_IDS, QUEUE_MINFREE);
  }
}
