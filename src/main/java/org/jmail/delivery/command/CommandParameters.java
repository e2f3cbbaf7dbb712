package org.jmail.delivery.command;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// The parameters of all who run commands.
public final class CommandParameters implements ParameterSet {

  public static final Parameter<Duration> COMMAND_TIME_LIMIT =
      Parameter.time(
          "command_time_limit",
          "1000s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "How long a command may take before it is killed and the mail is returned."
              + " NAME_time_limit overrides it for the pipe(8) service of that name.");

  public static final Parameter<List<String>> EXPORT_ENVIRONMENT =
      Parameter.list(
          "export_environment",
          "TZ MAIL_CONFIG LANG",
          "What commands get of our own environment: names, or name=value.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(COMMAND_TIME_LIMIT, EXPORT_ENVIRONMENT);
  }
}
