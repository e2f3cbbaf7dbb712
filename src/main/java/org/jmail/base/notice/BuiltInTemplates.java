package org.jmail.base.notice;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jmail.base.notice.BounceTemplate.Kind;

/// The notifications of a system without bounce_template_file. Programs recognise a report by its
/// From:, its subjects, and the first and last line of its text, which are therefore those of
/// Postfix; what stands between is for people (ADR 0020).
final class BuiltInTemplates {

  static final String ORIGIN = "[built-in]";

  private static final String FROM_STANDARD = "Mail Delivery System <MAILER-DAEMON>";
  private static final String FROM_OBSOLETE = "MAILER-DAEMON (Mail Delivery System)";
  private static final String FIRST = "This is the mail system at host $myhostname.";
  private static final String LAST = "                   The mail system";

  private static final List<String> FAILURE =
      List.of(
          FIRST,
          "",
          "Your message did not reach everybody it was meant for. Those it did",
          "not reach are named below, each with the reason, and your message is",
          "attached.",
          "",
          "If you need help, write to postmaster and send this report along; you",
          "may leave out what you wrote yourself.",
          "",
          LAST);

  private static final List<String> DELAY =
      List.of(
          FIRST,
          "",
          "  Nothing is lost, and there is nothing for you to do: please do not",
          "  send your message again.",
          "",
          "Your message has been waiting for $delay_warning_time_hours hour(s). Those it has not"
              + " reached",
          "yet are named below, each with the reason. Delivery will be tried",
          "until it is $maximal_queue_lifetime_days day(s) old.",
          "",
          "If you need help, write to postmaster and send this report along.",
          "",
          LAST);

  private static final List<String> SUCCESS =
      List.of(
          FIRST,
          "",
          "You asked to be told: your message was passed on as stated below.",
          "What went into a mailbox is there. About what went to another mail",
          "system, that system may still have to tell you.",
          "",
          LAST);

  private static final List<String> VERIFY =
      List.of(FIRST, "", "This is the report on delivery that you asked for.", "", LAST);

  private BuiltInTemplates() {}

  /// @param standard header_from_format = standard
  static Map<Kind, BounceTemplate> all(boolean standard) {
    Map<Kind, BounceTemplate> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      all.put(kind, of(kind, standard ? FROM_STANDARD : FROM_OBSOLETE));
    }
    return all;
  }

  private static BounceTemplate of(Kind kind, String from) {
    return switch (kind) {
      case FAILURE ->
          of(
              kind,
              from,
              "Undelivered Mail Returned to Sender",
              "Postmaster Copy: Undelivered Mail",
              FAILURE);
      case DELAY ->
          of(
              kind,
              from,
              "Delayed Mail (still being retried)",
              "Postmaster Warning: Delayed Mail",
              DELAY);
      case SUCCESS -> of(kind, from, "Successful Mail Delivery Report", "", SUCCESS);
      case VERIFY -> of(kind, from, "Mail Delivery Status Report", "", VERIFY);
    };
  }

  private static BounceTemplate of(
      Kind kind, String from, String subject, String postmasterSubject, List<String> text) {
    return new BounceTemplate(kind, ORIGIN, "us-ascii", from, subject, postmasterSubject, text);
  }
}
