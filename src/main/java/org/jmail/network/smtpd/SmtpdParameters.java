package org.jmail.network.smtpd;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How the SMTP server talks: greeting, what it offers, what it bears with and for how long.
public final class SmtpdParameters implements ParameterSet {

  private static final Duration SECOND = Duration.ofSeconds(1);

  static final Parameter<String> SMTPD_BANNER =
      Parameter.required(
          "smtpd_banner",
          "$myhostname ESMTP $mail_name",
          "The text after 220 in the greeting. RFC 5321 wants the machine's name first.");

  static final Parameter<Boolean> SMTPD_HELO_REQUIRED =
      Parameter.bool(
          "smtpd_helo_required", false, "Refuse MAIL and ETRN of a client that did not say hello.");

  static final Parameter<Boolean> DISABLE_VRFY_COMMAND =
      Parameter.bool("disable_vrfy_command", false, "Do not tell strangers which addresses exist.");

  static final Parameter<Boolean> STRICT_RFC821_ENVELOPES =
      Parameter.bool(
          "strict_rfc821_envelopes",
          false,
          "Take addresses in MAIL and RCPT only between angle brackets and without comments or"
              + " phrases.");

  static final Parameter<Boolean> STRICT_SMTPUTF8 =
      Parameter.bool(
          "strict_smtputf8",
          false,
          "Refuse addresses that are not ASCII in mail that was not announced as SMTPUTF8.");

  static final Parameter<Boolean> SMTPD_DELAY_OPEN_UNTIL_VALID_RCPT =
      Parameter.bool(
          "smtpd_delay_open_until_valid_rcpt",
          true,
          "Give a message its queue id when its first recipient is accepted, not with MAIL.");

  static final Parameter<Boolean> SMTPD_HIDE_CLIENT_SESSION =
      Parameter.bool(
          "smtpd_hide_client_session",
          false,
          "Leave the client out of the Received: header, for services that take mail from users.");

  static final Parameter<Boolean> SMTPD_PEERNAME_LOOKUP =
      Parameter.bool(
          "smtpd_peername_lookup",
          true,
          "Look the client's name up in the DNS. Without it every client is called unknown.");

  static final Parameter<Boolean> SMTPD_CLIENT_PORT_LOGGING =
      Parameter.bool(
          "smtpd_client_port_logging",
          false,
          "Show the client's port in the log, after its address.");

  static final Parameter<Long> SMTPD_RECIPIENT_LIMIT =
      Parameter.number(
          "smtpd_recipient_limit", "1000", 1, 0, "The most recipients of one message.");

  static final Parameter<Long> SMTPD_RECIPIENT_OVERSHOOT_LIMIT =
      Parameter.number(
          "smtpd_recipient_overshoot_limit",
          "1000",
          1,
          0,
          "How many more recipients are answered with 452 before each counts as an error.");

  static final Parameter<Duration> SMTPD_ERROR_SLEEP_TIME =
      Parameter.time(
          "smtpd_error_sleep_time",
          "1s",
          "How long each answer takes once a client made smtpd_soft_error_limit errors.");

  static final Parameter<Long> SMTPD_SOFT_ERROR_LIMIT =
      Parameter.number(
          "smtpd_soft_error_limit",
          "10",
          1,
          0,
          "The number of errors, without mail in between, from which on answers are slow.");

  static final Parameter<Long> SMTPD_HARD_ERROR_LIMIT =
      Parameter.number(
          "smtpd_hard_error_limit",
          "${stress?{1}:{20}}",
          1,
          0,
          "The number of errors, without mail in between, at which the server hangs up.");

  static final Parameter<Long> SMTPD_JUNK_COMMAND_LIMIT =
      Parameter.number(
          "smtpd_junk_command_limit",
          "${stress?{1}:{100}}",
          1,
          0,
          "How many NOOP, VRFY, ETRN, RSET and hello a client may send, without mail in between,"
              + " before each counts as an error.");

  static final Parameter<Long> SMTPD_HISTORY_FLUSH_THRESHOLD =
      Parameter.number(
          "smtpd_history_flush_threshold",
          "100",
          1,
          0,
          "The number of lines of a session that are kept for a report to the postmaster.");

  static final Parameter<List<String>> SMTPD_NOOP_COMMANDS =
      Parameter.list(
          "smtpd_noop_commands", "", "Commands that are answered like NOOP, whatever they are.");

  static final Parameter<List<String>> SMTPD_FORBIDDEN_COMMANDS =
      Parameter.list(
          "smtpd_forbidden_commands",
          "CONNECT GET POST regexp:{{/^[^A-Z]/ Bogus}}",
          "Words by which a client shows that it speaks no SMTP: the server hangs up at once.");

  static final Parameter<String> SMTPD_COMMAND_FILTER =
      Parameter.text(
          "smtpd_command_filter",
          "",
          "A table that replaces whole command lines, to help clients that get them wrong.");

  static final Parameter<List<String>> SMTPD_DISCARD_EHLO_KEYWORDS =
      Parameter.list(
          "smtpd_discard_ehlo_keywords",
          "",
          "What EHLO does not offer: pipelining, size, vrfy, etrn, xclient, xforward,"
              + " enhancedstatuscodes, 8bitmime, dsn, smtputf8, chunking; silent-discard keeps that"
              + " out of the log.");

  static final Parameter<String> SMTPD_DISCARD_EHLO_KEYWORD_ADDRESS_MAPS =
      Parameter.text(
          "smtpd_discard_ehlo_keyword_address_maps",
          "",
          "Tables from a client's address to what it is not offered, instead of"
              + " smtpd_discard_ehlo_keywords.");

  static final Parameter<Boolean> SMTPD_FORBID_UNAUTH_PIPELINING =
      Parameter.bool(
          "smtpd_forbid_unauth_pipelining",
          true,
          "Hang up on clients that send more before the answer where RFC 2920 has them wait.");

  static final Parameter<String> SMTPD_FORBID_BARE_NEWLINE =
      Parameter.required(
          "smtpd_forbid_bare_newline",
          "normalize",
          "What is done about lines that end with LF alone: normalize takes them for lines, but"
              + " never for the end of a message; reject refuses the message; note logs; no takes"
              + " them as CRLF.");

  static final Parameter<String> SMTPD_FORBID_BARE_NEWLINE_EXCLUSIONS =
      Parameter.text(
          "smtpd_forbid_bare_newline_exclusions",
          "$mynetworks",
          "The clients to which smtpd_forbid_bare_newline does not apply.");

  static final Parameter<Long> SMTPD_FORBID_BARE_NEWLINE_REJECT_CODE =
      Parameter.number(
          "smtpd_forbid_bare_newline_reject_code",
          "550",
          500,
          599,
          "The reply code when smtpd_forbid_bare_newline is reject.");

  static final Parameter<Duration> SMTPD_TIMEOUT =
      Parameter.time(
          "smtpd_timeout",
          "${stress?{10}:{300}}s",
          SECOND,
          Duration.ZERO,
          "How long a client may take to send or to take something.");

  static final Parameter<String> SMTPD_PER_RECORD_DEADLINE =
      Parameter.text(
          "smtpd_per_record_deadline", "", "The former name of smtpd_per_request_deadline.");

  static final Parameter<Boolean> SMTPD_PER_REQUEST_DEADLINE =
      Parameter.bool(
          "smtpd_per_request_deadline",
          "${smtpd_per_record_deadline?{$smtpd_per_record_deadline}:{${stress?{yes}:{no}}}}",
          "Let smtpd_timeout bound a whole request, not each octet of it.");

  static final Parameter<Long> SMTPD_MIN_DATA_RATE =
      Parameter.number(
          "smtpd_min_data_rate",
          "500",
          1,
          0,
          "With smtpd_per_request_deadline: the octets a second that give a message more time.");

  static final Parameter<String> SMTPD_UPSTREAM_PROXY_PROTOCOL =
      Parameter.text(
          "smtpd_upstream_proxy_protocol",
          "",
          "haproxy: each connection begins with a line of a proxy that says who the client is.");

  static final Parameter<Duration> SMTPD_UPSTREAM_PROXY_TIMEOUT =
      Parameter.time(
          "smtpd_upstream_proxy_timeout",
          "5s",
          SECOND,
          Duration.ZERO,
          "How long to wait for that line.");

  static final Parameter<String> SMTPD_AUTHORIZED_XCLIENT_HOSTS =
      Parameter.text(
          "smtpd_authorized_xclient_hosts",
          "",
          "Which clients may say with XCLIENT that they are another.");

  static final Parameter<String> SMTPD_AUTHORIZED_XFORWARD_HOSTS =
      Parameter.text(
          "smtpd_authorized_xforward_hosts",
          "",
          "Which clients may say with XFORWARD where mail came from, for the log.");

  static final Parameter<String> AUTHORIZED_VERP_CLIENTS =
      Parameter.text(
          "authorized_verp_clients", "", "The former name of smtpd_authorized_verp_clients.");

  static final Parameter<String> SMTPD_AUTHORIZED_VERP_CLIENTS =
      Parameter.text(
          "smtpd_authorized_verp_clients",
          "$authorized_verp_clients",
          "Which clients may ask with XVERP for a return path that names the recipient.");

  static final Parameter<String> SMTPD_DNS_REPLY_FILTER =
      Parameter.text(
          "smtpd_dns_reply_filter",
          "",
          "Tables from a DNS record, \"example.com. 3600 IN MX 10 mail.example.com.\", to IGNORE:"
              + " records that restrictions are not to see.");

  static final Parameter<String> SMTPD_REJECT_FOOTER =
      Parameter.raw(
          "smtpd_reject_footer",
          "",
          "A line that is added to each refusal; \\c at its start joins it to the reply's text.");

  static final Parameter<String> SMTPD_REJECT_FOOTER_MAPS =
      Parameter.text(
          "smtpd_reject_footer_maps", "", "Tables from a refusal to the footer of just that one.");

  static final Parameter<String> SMTPD_REJECT_FILTER_MAPS =
      Parameter.text(
          "smtpd_reject_filter_maps", "", "Tables that replace refusals, codes included.");

  static final Parameter<String> STRESS =
      Parameter.text(
          "stress",
          "",
          "Not empty while all sessions that master.cf allows are in use; defaults that name it are"
              + " stricter then.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        SMTPD_BANNER,
        SMTPD_HELO_REQUIRED,
        DISABLE_VRFY_COMMAND,
        STRICT_RFC821_ENVELOPES,
        STRICT_SMTPUTF8,
        SMTPD_DELAY_OPEN_UNTIL_VALID_RCPT,
        SMTPD_HIDE_CLIENT_SESSION,
        SMTPD_PEERNAME_LOOKUP,
        SMTPD_CLIENT_PORT_LOGGING,
        SMTPD_RECIPIENT_LIMIT,
        SMTPD_RECIPIENT_OVERSHOOT_LIMIT,
        SMTPD_ERROR_SLEEP_TIME,
        SMTPD_SOFT_ERROR_LIMIT,
        SMTPD_HARD_ERROR_LIMIT,
        SMTPD_JUNK_COMMAND_LIMIT,
        SMTPD_HISTORY_FLUSH_THRESHOLD,
        SMTPD_NOOP_COMMANDS,
        SMTPD_FORBIDDEN_COMMANDS,
        SMTPD_COMMAND_FILTER,
        SMTPD_DISCARD_EHLO_KEYWORDS,
        SMTPD_DISCARD_EHLO_KEYWORD_ADDRESS_MAPS,
        SMTPD_FORBID_UNAUTH_PIPELINING,
        SMTPD_FORBID_BARE_NEWLINE,
        SMTPD_FORBID_BARE_NEWLINE_EXCLUSIONS,
        SMTPD_FORBID_BARE_NEWLINE_REJECT_CODE,
        SMTPD_TIMEOUT,
        SMTPD_PER_RECORD_DEADLINE,
        SMTPD_PER_REQUEST_DEADLINE,
        SMTPD_MIN_DATA_RATE,
        SMTPD_UPSTREAM_PROXY_PROTOCOL,
        SMTPD_UPSTREAM_PROXY_TIMEOUT,
        SMTPD_AUTHORIZED_XCLIENT_HOSTS,
        SMTPD_AUTHORIZED_XFORWARD_HOSTS,
        AUTHORIZED_VERP_CLIENTS,
        SMTPD_AUTHORIZED_VERP_CLIENTS,
        SMTPD_DNS_REPLY_FILTER,
        SMTPD_REJECT_FOOTER,
        SMTPD_REJECT_FOOTER_MAPS,
        SMTPD_REJECT_FILTER_MAPS,
        STRESS);
  }
}
