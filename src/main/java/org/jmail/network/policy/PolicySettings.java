package org.jmail.network.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.Words;

/// Where a policy service is and how it is talked to.
///
/// @param defaultAction when it does not answer
/// @param context what it is told about the place it is asked from
public record PolicySettings(
    PolicyEndpoint endpoint,
    Duration timeout,
    Duration maxIdle,
    Duration maxTtl,
    long requestLimit,
    long tryLimit,
    Duration retryDelay,
    String defaultAction,
    String context) {

  private static final List<Parameter<?>> ALL = new PolicyParameters().parameters();

  /// Reads what stands behind check_policy_service: `inet:host:port`, `unix:path`, or one of them
  /// in braces with settings of its own.
  ///
  /// @throws BadValueException naming what is wrong
  public static PolicySettings parse(String word, Config config) throws BadValueException {
    Map<String, String> own = new HashMap<>();
    String server = word;
    if (word.startsWith("{")) {
      List<String> words = Words.split(Words.unbraced(word), Words.COMMA_SPACE);
      if (words.isEmpty()) {
        throw new BadValueException("empty policy service: \"" + word + "\"");
      }
      server = words.getFirst();
      readOptions(Words.unbraced(word).substring(server.length()), own);
    }
    return new PolicySettings(
        PolicyEndpoint.parse(server, config),
        value(PolicyParameters.TIMEOUT, own, config),
        value(PolicyParameters.MAX_IDLE, own, config),
        value(PolicyParameters.MAX_TTL, own, config),
        value(PolicyParameters.REQUEST_LIMIT, own, config),
        value(PolicyParameters.TRY_LIMIT, own, config),
        value(PolicyParameters.RETRY_DELAY, own, config),
        value(PolicyParameters.DEFAULT_ACTION, own, config),
        value(PolicyParameters.POLICY_CONTEXT, own, config));
  }

  /// `name=value` or `{ name = value with blanks }`.
  private static void readOptions(String text, Map<String, String> options)
      throws BadValueException {
    for (String word : Words.split(text, Words.COMMA_SPACE)) {
      String option = word.startsWith("{") ? Words.unbraced(word) : word;
      int equals = option.indexOf('=');
      String name = equals < 0 ? "" : option.substring(0, equals).strip();
      if (name.isEmpty()) {
        throw new BadValueException(
            "malformed option: missing '=' after attribute name: \"..." + option + "...\"");
      }
      String value = option.substring(equals + 1).strip();
      if (ALL.stream().noneMatch(p -> p.name().equals(PolicyParameters.PREFIX + name))) {
        throw new BadValueException("unknown option: \"" + name + " = " + value + "\"");
      }
      options.put(name, value);
    }
  }

  private static <T> T value(Parameter<T> parameter, Map<String, String> own, Config config)
      throws BadValueException {
    String option = parameter.name().substring(PolicyParameters.PREFIX.length());
    String text = own.get(option);
    if (text == null) {
      return config.get(parameter);
    }
    try {
      return parameter.parser().parse(text, parameter.defaultText());
    } catch (BadValueException e) {
      throw new BadValueException(e.getMessage() + ": " + option + " = " + text, e);
    }
  }
}
