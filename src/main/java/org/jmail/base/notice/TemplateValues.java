package org.jmail.base.notice;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.MacroExpander;

/// What `$name` is in the text of a notification: any parameter, and two times in the unit of
/// choice, such as `$maximal_queue_lifetime_days` (bounce(5)).
record TemplateValues(Config config, Duration warning, Duration lifetime)
    implements MacroExpander.Attributes {

  private static final Map<String, Integer> UNITS =
      Map.of("seconds", 1, "minutes", 60, "hours", 3600, "days", 86_400, "weeks", 604_800);

  static TemplateValues of(Config config) throws BadValueException {
    return new TemplateValues(
        config,
        config.get(NoticeParameters.DELAY_WARNING_TIME),
        config.get(NoticeParameters.MAXIMAL_QUEUE_LIFETIME));
  }

  @Override
  public Optional<String> value(String name) throws BadValueException {
    Optional<String> time =
        time(name, NoticeParameters.DELAY_WARNING_TIME.name(), warning)
            .or(() -> time(name, NoticeParameters.MAXIMAL_QUEUE_LIFETIME.name(), lifetime));
    if (time.isPresent()) {
      return time;
    }
    Optional<String> value = config.lookup(name);
    if (value.isEmpty()) {
      throw new BadValueException("there is no parameter $" + name);
    }
    return value;
  }

  private static Optional<String> time(String name, String parameter, Duration value) {
    if (!name.startsWith(parameter + "_")) {
      return Optional.empty();
    }
    return Optional.ofNullable(UNITS.get(name.substring(parameter.length() + 1)))
        .map(seconds -> Long.toString(value.toSeconds() / seconds));
  }
}
