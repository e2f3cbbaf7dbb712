package org.jmail.network.smtpd;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.spool.SubmissionParameters;
import org.jmail.base.table.TableParameters;
import org.jmail.network.bounce.NotifyClass;
import org.jmail.network.cleanup.CleanupParameters;
import org.jmail.network.cleanup.ReceiveOverride;
import org.jmail.network.queue.QueueParameters;
import org.jmail.network.smtpd.access.DnsListParameters;
import org.jmail.network.smtpd.access.ErrorClass;
import org.jmail.network.smtpd.access.Escapes;

/// The values of [SmtpdParameters] and what else the SMTP server reads, but for tables and lists.
///
/// @param banner of the greeting, after 220
/// @param requiresTls whether all but the first commands are refused, since TLS is required of
///   clients and there is none
/// @param overrides receive_override_options
/// @param contentFilter content_filter; empty when none
/// @param told what postmaster is told of, by notify_classes
/// @param historyThreshold how many lines of a session are kept to be told
record SmtpdSettings(
    String myhostname,
    String mailName,
    String banner,
    boolean softBounce,
    boolean requiresTls,
    Envelope envelope,
    Limits limits,
    Patience patience,
    Lines lines,
    Set<EhloKeyword> discarded,
    Set<ReceiveOverride> overrides,
    String contentFilter,
    Names names,
    Refusals refusals,
    Set<ErrorClass> told,
    long historyThreshold) {

  /// What is wanted of hello, MAIL and RCPT.
  record Envelope(
      boolean helloRequired,
      boolean strict,
      boolean utf8,
      boolean strictUtf8,
      boolean verify,
      boolean delayOpen,
      boolean hideClient,
      VerpRules verp) {}

  /// How much of what.
  ///
  /// @param overshoot smtpd_recipient_overshoot_limit
  record Limits(
      long messageSize,
      long queueMinfree,
      long recipients,
      long overshoot,
      long softErrors,
      long hardErrors,
      long junkCommands) {}

  /// How long.
  ///
  /// @param minDataRate octets a second
  record Patience(Duration timeout, boolean perRequest, long minDataRate, Duration errorSleep) {}

  /// What lines may be like.
  record Lines(
      int limit, BareNewline bareNewline, long bareNewlineCode, boolean forbidPipelining) {}

  /// How clients are named.
  ///
  /// @param proxyProtocol smtpd_upstream_proxy_protocol is haproxy
  record Names(boolean lookUp, boolean withPort, boolean proxyProtocol, Duration proxyTimeout) {}

  /// What refusals end with.
  ///
  /// @param footer smtpd_reject_footer, unexpanded
  /// @param filter smtpd_expansion_filter: what may stand in a value that a client has given
  record Refusals(String footer, String filter) {}

  /// @param standAlone see [SmtpService]
  static SmtpdSettings of(Config config, boolean standAlone) throws BadValueException {
    return new SmtpdSettings(
        config.get(BaseParameters.MYHOSTNAME),
        config.get(BaseParameters.MAIL_NAME),
        config.get(SmtpdParameters.SMTPD_BANNER),
        config.get(BaseParameters.SOFT_BOUNCE),
        !standAlone && TlsWishes.of(config).required(),
        new Envelope(
            config.get(SmtpdParameters.SMTPD_HELO_REQUIRED),
            config.get(SmtpdParameters.STRICT_RFC821_ENVELOPES),
            config.get(TableParameters.SMTPUTF8_ENABLE),
            config.get(SmtpdParameters.STRICT_SMTPUTF8),
            !config.get(SmtpdParameters.DISABLE_VRFY_COMMAND),
            config.get(SmtpdParameters.SMTPD_DELAY_OPEN_UNTIL_VALID_RCPT),
            config.get(SmtpdParameters.SMTPD_HIDE_CLIENT_SESSION),
            new VerpRules(
                config.get(SubmissionParameters.DEFAULT_VERP_DELIMITERS),
                config.get(SubmissionParameters.VERP_DELIMITER_FILTER))),
        new Limits(
            config.get(BaseParameters.MESSAGE_SIZE_LIMIT),
            config.get(QueueParameters.QUEUE_MINFREE),
            config.get(SmtpdParameters.SMTPD_RECIPIENT_LIMIT),
            config.get(SmtpdParameters.SMTPD_RECIPIENT_OVERSHOOT_LIMIT),
            config.get(SmtpdParameters.SMTPD_SOFT_ERROR_LIMIT),
            config.get(SmtpdParameters.SMTPD_HARD_ERROR_LIMIT),
            config.get(SmtpdParameters.SMTPD_JUNK_COMMAND_LIMIT)),
        new Patience(
            config.get(SmtpdParameters.SMTPD_TIMEOUT),
            config.get(SmtpdParameters.SMTPD_PER_REQUEST_DEADLINE),
            config.get(SmtpdParameters.SMTPD_MIN_DATA_RATE),
            config.get(SmtpdParameters.SMTPD_ERROR_SLEEP_TIME)),
        new Lines(
            (int) Math.min(1 << 20, config.get(SubmissionParameters.LINE_LENGTH_LIMIT)),
            BareNewline.parse(config.get(SmtpdParameters.SMTPD_FORBID_BARE_NEWLINE)),
            config.get(SmtpdParameters.SMTPD_FORBID_BARE_NEWLINE_REJECT_CODE),
            config.get(SmtpdParameters.SMTPD_FORBID_UNAUTH_PIPELINING)),
        EhloKeyword.parse(config.get(SmtpdParameters.SMTPD_DISCARD_EHLO_KEYWORDS)),
        ReceiveOverride.parse(config.get(CleanupParameters.RECEIVE_OVERRIDE_OPTIONS)),
        config.get(CleanupParameters.CONTENT_FILTER),
        new Names(
            config.get(SmtpdParameters.SMTPD_PEERNAME_LOOKUP),
            config.get(SmtpdParameters.SMTPD_CLIENT_PORT_LOGGING),
            proxyProtocol(config),
            config.get(SmtpdParameters.SMTPD_UPSTREAM_PROXY_TIMEOUT)),
        new Refusals(
            config.get(SmtpdParameters.SMTPD_REJECT_FOOTER),
            Escapes.resolve(config.get(DnsListParameters.SMTPD_EXPANSION_FILTER))),
        standAlone ? Set.of() : told(NotifyClass.parse(config)),
        config.get(SmtpdParameters.SMTPD_HISTORY_FLUSH_THRESHOLD));
  }

  private static Set<ErrorClass> told(Set<NotifyClass> classes) {
    return Arrays.stream(ErrorClass.values())
        .filter(what -> classes.contains(NotifyClass.valueOf(what.name())))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean proxyProtocol(Config config) throws BadValueException {
    String name = config.get(SmtpdParameters.SMTPD_UPSTREAM_PROXY_PROTOCOL);
    if (!name.isEmpty() && !name.equals("haproxy")) {
      throw new BadValueException(
          "unsupported smtpd_upstream_proxy_protocol value: " + name + " (specify haproxy)");
    }
    return !name.isEmpty();
  }
}
