package org.jmail.network.policy;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How policy services are talked to. Each can be set for one service alone, without
/// `smtpd_policy_service_`: `check_policy_service { inet:localhost:10023, timeout=10s }`.
public final class PolicyParameters implements ParameterSet {

  static final String PREFIX = "smtpd_policy_service_";

  public static final Parameter<Duration> TIMEOUT =
      Parameter.time(
          PREFIX + "timeout",
          "100s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "How long a policy service may take to be connected to and to answer.");

  public static final Parameter<Duration> MAX_IDLE =
      Parameter.time(
          PREFIX + "max_idle",
          "300s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "After how long an unused connection to a policy service is closed.");

  public static final Parameter<Duration> MAX_TTL =
      Parameter.time(
          PREFIX + "max_ttl",
          "1000s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "After how long any connection to a policy service is closed.");

  public static final Parameter<Long> REQUEST_LIMIT =
      Parameter.number(
          PREFIX + "request_limit",
          "0",
          0,
          0,
          "How many requests one connection to a policy service takes; 0 is no limit.");

  public static final Parameter<Long> TRY_LIMIT =
      Parameter.number(
          PREFIX + "try_limit",
          "2",
          1,
          0,
          "How often a request is sent before the policy service counts as broken.");

  public static final Parameter<Duration> RETRY_DELAY =
      Parameter.time(
          PREFIX + "retry_delay",
          "1s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "How long to wait before a request is sent again.");

  public static final Parameter<String> DEFAULT_ACTION =
      Parameter.required(
          PREFIX + "default_action",
          "451 4.3.5 Server configuration problem",
          "The action when a policy service cannot be reached or makes no sense; as in access(5).");

  public static final Parameter<String> POLICY_CONTEXT =
      Parameter.text(
          PREFIX + "policy_context",
          "",
          "A text that goes to the policy service, so that it can tell the places apart from which"
              + " it is asked.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        TIMEOUT,
        MAX_IDLE,
        MAX_TTL,
        REQUEST_LIMIT,
        TRY_LIMIT,
        RETRY_DELAY,
        DEFAULT_ACTION,
        POLICY_CONTEXT);
  }
}
