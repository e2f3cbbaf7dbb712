package org.jmail.network.smtpd;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How much one client may do: what Postfix counts in anvil(8).
public final class AnvilParameters implements ParameterSet {

  private static final Duration SECOND = Duration.ofSeconds(1);

  static final Parameter<Duration> ANVIL_RATE_TIME_UNIT =
      Parameter.time(
          "anvil_rate_time_unit",
          "60s",
          SECOND,
          Duration.ZERO,
          "The time in which a client's connections, messages and recipients are counted.");

  static final Parameter<Duration> ANVIL_STATUS_UPDATE_TIME =
      Parameter.time(
          "anvil_status_update_time",
          "600s",
          SECOND,
          Duration.ZERO,
          "How often the highest counts are logged.");

  static final Parameter<Long> SMTPD_CLIENT_CONNECTION_COUNT_LIMIT =
      limit(
          "smtpd_client_connection_count_limit",
          "50",
          "The most sessions that one client may have at once; 0 is no limit.");

  static final Parameter<Long> SMTPD_CLIENT_CONNECTION_RATE_LIMIT =
      limit(
          "smtpd_client_connection_rate_limit",
          "0",
          "The most sessions that one client may begin in anvil_rate_time_unit; 0 is no limit.");

  static final Parameter<Long> SMTPD_CLIENT_MESSAGE_RATE_LIMIT =
      limit(
          "smtpd_client_message_rate_limit",
          "0",
          "The most messages that one client may begin in anvil_rate_time_unit; 0 is no limit.");

  static final Parameter<Long> SMTPD_CLIENT_RECIPIENT_RATE_LIMIT =
      limit(
          "smtpd_client_recipient_rate_limit",
          "0",
          "The most recipients that one client may name in anvil_rate_time_unit; 0 is no limit.");

  static final Parameter<Long> SMTPD_CLIENT_IPV4_PREFIX_LENGTH =
      Parameter.number(
          "smtpd_client_ipv4_prefix_length",
          "32",
          0,
          32,
          "The bits of an IPv4 address that make one client in these counts.");

  static final Parameter<Long> SMTPD_CLIENT_IPV6_PREFIX_LENGTH =
      Parameter.number(
          "smtpd_client_ipv6_prefix_length",
          "84",
          0,
          128,
          "The bits of an IPv6 address that make one client in these counts.");

  static final Parameter<String> SMTPD_CLIENT_EVENT_LIMIT_EXCEPTIONS =
      Parameter.text(
          "smtpd_client_event_limit_exceptions",
          "${smtpd_client_connection_limit_exceptions:$mynetworks}",
          "The clients that are not counted.");

  private static Parameter<Long> limit(String name, String defaultText, String documentation) {
    return Parameter.number(name, defaultText, 0, 0, documentation);
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        ANVIL_RATE_TIME_UNIT,
        ANVIL_STATUS_UPDATE_TIME,
        SMTPD_CLIENT_CONNECTION_COUNT_LIMIT,
        SMTPD_CLIENT_CONNECTION_RATE_LIMIT,
        SMTPD_CLIENT_MESSAGE_RATE_LIMIT,
        SMTPD_CLIENT_RECIPIENT_RATE_LIMIT,
        SMTPD_CLIENT_IPV4_PREFIX_LENGTH,
        SMTPD_CLIENT_IPV6_PREFIX_LENGTH,
        SMTPD_CLIENT_EVENT_LIMIT_EXCEPTIONS);
  }
}
