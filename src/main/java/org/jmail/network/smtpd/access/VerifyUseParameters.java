package org.jmail.network.smtpd.access;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// What reject_unverified_sender and reject_unverified_recipient do with what probes find out.
public final class VerifyUseParameters implements ParameterSet {

  public static final Parameter<Long> ADDRESS_VERIFY_POLL_COUNT =
      Parameter.number(
          "address_verify_poll_count",
          "${stress?{1}:{3}}",
          1,
          0,
          "How often to ask for the result of an address probe before the client is told to come"
              + " back later.");

  public static final Parameter<Duration> ADDRESS_VERIFY_POLL_DELAY =
      Parameter.time(
          "address_verify_poll_delay",
          "3s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "How long to wait between two such questions.");

  public static final Parameter<Long> UNVERIFIED_SENDER_REJECT_CODE =
      code("unverified_sender_reject_code", "reject_unverified_sender when the address bounces");

  public static final Parameter<Long> UNVERIFIED_SENDER_DEFER_CODE =
      code("unverified_sender_defer_code", "reject_unverified_sender when nobody can tell yet");

  public static final Parameter<Long> UNVERIFIED_RECIPIENT_REJECT_CODE =
      code(
          "unverified_recipient_reject_code",
          "reject_unverified_recipient when the address bounces");

  public static final Parameter<Long> UNVERIFIED_RECIPIENT_DEFER_CODE =
      code(
          "unverified_recipient_defer_code",
          "reject_unverified_recipient when nobody can tell yet");

  public static final Parameter<String> UNVERIFIED_SENDER_REJECT_REASON =
      Parameter.text(
          "unverified_sender_reject_reason",
          "",
          "What reject_unverified_sender says instead of the reason that a probe found.");

  public static final Parameter<String> UNVERIFIED_RECIPIENT_REJECT_REASON =
      Parameter.text(
          "unverified_recipient_reject_reason",
          "",
          "What reject_unverified_recipient says instead of the reason that a probe found.");

  public static final Parameter<String> UNVERIFIED_SENDER_TEMPFAIL_ACTION =
      Parameter.required(
          "unverified_sender_tempfail_action",
          "$reject_tempfail_action",
          "What reject_unverified_sender does that cannot tell: defer_if_permit or defer.");

  public static final Parameter<String> UNVERIFIED_RECIPIENT_TEMPFAIL_ACTION =
      Parameter.required(
          "unverified_recipient_tempfail_action",
          "$reject_tempfail_action",
          "What reject_unverified_recipient does that cannot tell: defer_if_permit or defer.");

  private static Parameter<Long> code(String name, String user) {
    return Parameter.number(name, "450", 0, 0, "The SMTP reply code of " + user + ".");
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        ADDRESS_VERIFY_POLL_COUNT,
        ADDRESS_VERIFY_POLL_DELAY,
        UNVERIFIED_SENDER_REJECT_CODE,
        UNVERIFIED_SENDER_DEFER_CODE,
        UNVERIFIED_RECIPIENT_REJECT_CODE,
        UNVERIFIED_RECIPIENT_DEFER_CODE,
        UNVERIFIED_SENDER_REJECT_REASON,
        UNVERIFIED_RECIPIENT_REJECT_REASON,
        UNVERIFIED_SENDER_TEMPFAIL_ACTION,
        UNVERIFIED_RECIPIENT_TEMPFAIL_ACTION);
  }
}
