package org.jmail.base.notice;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// What the texts of notifications are made of.
public final class NoticeParameters implements ParameterSet {

  public static final Parameter<Duration> MAXIMAL_QUEUE_LIFETIME =
      Parameter.time(
          "maximal_queue_lifetime",
          "5d",
          Duration.ZERO,
          Duration.ofDays(100),
          "How long delivery is tried before a message is returned to its sender. With 0 it is"
              + " tried once.");

  public static final Parameter<Duration> DELAY_WARNING_TIME =
      Parameter.time(
          "delay_warning_time",
          "0h",
          "After how long in the queue the sender of a message is told, once, that it is still"
              + " being tried; 0 means never.");

  public static final Parameter<String> BOUNCE_TEMPLATE_FILE =
      Parameter.text(
          "bounce_template_file",
          "",
          "The file with texts for notifications that replace the built-in ones; see bounce(5).");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(MAXIMAL_QUEUE_LIFETIME, DELAY_WARNING_TIME, BOUNCE_TEMPLATE_FILE);
  }

  @Override
  public void check(Configuration configuration) throws BadValueException {
    Notices.of(configuration.main(), warning -> {});
  }
}
