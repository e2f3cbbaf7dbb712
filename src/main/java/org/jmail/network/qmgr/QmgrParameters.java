package org.jmail.network.qmgr;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// When and how often mail is tried, and how much of it at once.
public final class QmgrParameters implements ParameterSet {

  public static final Parameter<Duration> QUEUE_RUN_DELAY =
      Parameter.time(
          "queue_run_delay",
          "300s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "How often the queue manager looks through its whole schedule. Mail whose time comes is"
              + " tried without waiting for that.");

  public static final Parameter<Duration> MINIMAL_BACKOFF_TIME =
      Parameter.time(
          "minimal_backoff_time",
          "300s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "The least time between attempts to deliver a deferred message, and how long a"
              + " destination that does not answer is left alone.");

  public static final Parameter<Duration> MAXIMAL_BACKOFF_TIME =
      Parameter.time(
          "maximal_backoff_time",
          "4000s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "The most time between attempts to deliver a deferred message. In between, it waits as"
              + " long as it has been in the queue.");

  public static final Parameter<Duration> BOUNCE_QUEUE_LIFETIME =
      Parameter.time(
          "bounce_queue_lifetime",
          "5d",
          Duration.ZERO,
          Duration.ofDays(100),
          "How long delivery of mail from the null sender is tried, which is mostly returned mail.");

  public static final Parameter<Long> ACTIVE_LIMIT =
      Parameter.number(
          "qmgr_message_active_limit",
          "20000",
          1,
          0,
          "How many messages the queue manager has in memory. More wait on disk.");

  public static final Parameter<Long> ACTIVE_RECIPIENT_LIMIT =
      Parameter.number(
          "qmgr_message_recipient_limit",
          "20000",
          1,
          0,
          "How many recipients the queue manager has in memory, unless one message alone has"
              + " more.");

  public static final Parameter<Long> CONTENT_LIMIT =
      Parameter.size(
          "qmgr_content_limit",
          "67108864",
          1,
          "How many octets of content may be on their way to transports at once; one message alone"
              + " may have more.");

  public static final Parameter<Long> INITIAL_CONCURRENCY =
      Parameter.number(
          "initial_destination_concurrency",
          "5",
          1,
          0,
          "How many attempts at once a destination gets to begin with. TRANSPORT_initial_"
              + "destination_concurrency overrides it for one transport.");

  public static final Parameter<Long> CONCURRENCY_LIMIT =
      Parameter.number(
          "default_destination_concurrency_limit",
          "20",
          0,
          0,
          "How many attempts at once a destination gets at most; 0 is no limit. TRANSPORT_"
              + "destination_concurrency_limit overrides it for one transport.");

  public static final Parameter<Long> RECIPIENT_LIMIT =
      Parameter.number(
          "default_destination_recipient_limit",
          "50",
          0,
          0,
          "How many recipients go into one attempt. With 1, each recipient counts as a destination"
              + " of its own. TRANSPORT_destination_recipient_limit overrides it for one"
              + " transport.");

  public static final Parameter<Long> LOCAL_RECIPIENT_LIMIT =
      Parameter.number(
          "local_destination_recipient_limit",
          "1",
          0,
          0,
          "default_destination_recipient_limit of the local transport.");

  public static final Parameter<Long> LOCAL_CONCURRENCY_LIMIT =
      Parameter.number(
          "local_destination_concurrency_limit",
          "2",
          0,
          0,
          "How many commands run at once for one local recipient. Mailboxes need no such limit:"
              + " what waits for one is put in together.");

  public static final Parameter<Long> MAILBOX_BATCH_LIMIT =
      Parameter.number(
          "mailbox_batch_limit",
          "200",
          1,
          0,
          "How many messages may be on their way to one local mailbox at once, to be put in under"
              + " one lock.");

  public static final Parameter<Feedback> POSITIVE_FEEDBACK =
      new Parameter<>(
          "default_destination_concurrency_positive_feedback",
          "1",
          "How much an attempt that found its destination well raises the concurrency: a number"
              + " from 0 to 1, a fraction such as 1/8, 1/concurrency or 1/sqrt_concurrency.",
          QmgrParameters::feedback);

  public static final Parameter<Feedback> NEGATIVE_FEEDBACK =
      new Parameter<>(
          "default_destination_concurrency_negative_feedback",
          "1",
          "How much an attempt that did not reach its destination lowers the concurrency.",
          QmgrParameters::feedback);

  public static final Parameter<Long> FAILED_COHORTS =
      Parameter.number(
          "default_destination_concurrency_failed_cohort_limit",
          "1",
          0,
          0,
          "After how many rounds of failed attempts, each as wide as the concurrency, a destination"
              + " is left alone for minimal_backoff_time; 0 is never.");

  public static final Parameter<Duration> RATE_DELAY =
      Parameter.time(
          "default_destination_rate_delay",
          "0s",
          "The pause between attempts to one destination; with one, there is one attempt at a"
              + " time.");

  public static final Parameter<Duration> TRANSPORT_RATE_DELAY =
      Parameter.time(
          "default_transport_rate_delay",
          "0s",
          "The pause between attempts of one transport, to whatever destination.");

  public static final Parameter<Duration> TRANSPORT_RETRY_TIME =
      Parameter.time(
          "transport_retry_time",
          "60s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "How long a transport that failed is left alone.");

  public static final Parameter<List<String>> DEFER_TRANSPORTS =
      Parameter.list(
          "defer_transports", "", "Transports whose mail waits until somebody flushes the queue.");

  private static Feedback feedback(String text) throws BadValueException {
    return Feedback.parse(text)
        .orElseThrow(() ->
            new BadValueException(
                "bad feedback: use a number from 0 to 1, a fraction such as 1/8,"
                    + " 1/concurrency or 1/sqrt_concurrency"));
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        QUEUE_RUN_DELAY,
        MINIMAL_BACKOFF_TIME,
        MAXIMAL_BACKOFF_TIME,
        BOUNCE_QUEUE_LIFETIME,
        ACTIVE_LIMIT,
        ACTIVE_RECIPIENT_LIMIT,
        CONTENT_LIMIT,
        INITIAL_CONCURRENCY,
        CONCURRENCY_LIMIT,
        RECIPIENT_LIMIT,
        LOCAL_RECIPIENT_LIMIT,
        LOCAL_CONCURRENCY_LIMIT,
        MAILBOX_BATCH_LIMIT,
        POSITIVE_FEEDBACK,
        NEGATIVE_FEEDBACK,
        FAILED_COHORTS,
        RATE_DELAY,
        TRANSPORT_RATE_DELAY,
        TRANSPORT_RETRY_TIME,
        DEFER_TRANSPORTS);
  }
}
