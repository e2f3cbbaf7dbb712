package org.jmail.base.notice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.table.TableParameters;

/// What `$name` is in the text of a notification: any parameter, and two times in the unit of
/// choice, such as `$maximal_queue_lifetime_days` (bounce(5)). People read it, so names of this
/// machine are shown as Unicode when smtputf8_enable.
///
/// @param warnings takes what makes no sense to a reader, such as 0 hours for 30 minutes
record TemplateValues(Config config, BounceTemplate template, Consumer<String> warnings)
    implements MacroExpander.Attributes {

  private static final Map<String, Integer> UNITS =
      Map.of("seconds", 1, "minutes", 60, "hours", 3600, "days", 86_400, "weeks", 604_800);
  private static final int DAY = 86_400;
  private static final long READABLE = 999;
  private static final Set<String> MACHINE =
      Set.of(BaseParameters.MYHOSTNAME.name(), BaseParameters.MYDOMAIN.name());

  @Override
  public Optional<String> value(String name) throws BadValueException {
    Optional<String> time =
        time(
            name,
            NoticeParameters.DELAY_WARNING_TIME.name(),
            config.get(NoticeParameters.DELAY_WARNING_TIME));
    if (time.isEmpty()) {
      time =
          time(
              name,
              NoticeParameters.MAXIMAL_QUEUE_LIFETIME.name(),
              config.get(NoticeParameters.MAXIMAL_QUEUE_LIFETIME));
    }
    if (time.isPresent()) {
      return time;
    }
    Optional<String> value = config.lookup(name);
    if (value.isEmpty()) {
      throw new BadValueException("there is no parameter $" + name);
    }
    return MACHINE.contains(name) && config.get(TableParameters.SMTPUTF8_ENABLE)
        ? value.map(TemplateValues::shown)
        : value;
  }

  private Optional<String> time(String name, String parameter, Duration value)
      throws BadValueException {
    if (!name.startsWith(parameter + "_")) {
      return Optional.empty();
    }
    String suffix = name.substring(parameter.length() + 1);
    Integer unit = UNITS.get(suffix);
    if (unit == null) {
      throw new BadValueException(
          "unrecognized suffix \""
              + suffix
              + "\" in parameter \""
              + name
              + "\": need seconds, minutes, hours, days or weeks");
    }
    long result = value.toSeconds() / unit;
    if (result > READABLE && unit < DAY) {
      warn("excessive result \"" + result + "\" in ", name, "increase", suffix);
    } else if (result == 0 && !value.isZero()) {
      warn("zero result in ", name, "reduce", suffix);
    }
    return Optional.of(Long.toString(result));
  }

  private void warn(String what, String name, String advice, String unit) {
    String kind = template.kind().word() + " template";
    warnings.accept(
        "%s: %s%s conversion of parameter \"%s\": please %s time unit \"%s\" of \"%s\" in %s (see bounce(5))"
            .formatted(template.origin(), what, kind, name, advice, unit, name, kind));
  }

  /// A domain as octets of UTF-8; as it is when it is none.
  private static String shown(String domain) {
    String unicode = IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED);
    return new String(unicode.getBytes(UTF_8), ISO_8859_1);
  }
}
