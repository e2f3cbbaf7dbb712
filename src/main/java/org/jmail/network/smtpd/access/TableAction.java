package org.jmail.network.smtpd.access;

import java.util.Locale;
import org.jmail.base.message.HeaderSyntax;
import org.jmail.base.table.Braces;

/// What the right-hand side of an access table, or a policy service, wants done (access(5); Postfix
/// check_table_result).
///
/// @param table for messages
/// @param datum what it was asked for
record TableAction(String table, String datum, Subject subject) {

  private static final int RECURSION_LIMIT = 100;

  Outcome apply(Evaluation evaluation, String value) throws StopException {
    int end = 0;
    while (end < value.length() && value.charAt(end) != ' ' && value.charAt(end) != '\t') {
      end++;
    }
    String word = value.substring(0, end);
    String text = value.substring(end).stripLeading();
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "DUNNO" -> Outcome.DUNNO;
      case "REJECT" ->
          reject(evaluation, evaluation.settings().codes().accessReject(), "5.7.1", text);
      case "DEFER" ->
          reject(evaluation, evaluation.settings().codes().accessDefer(), "4.7.1", text);
      case "HANGUP" -> {
        evaluation.log("hangup", text);
        throw new StopException(new Verdict.Hangup());
      }
      case "INFO" -> logged(evaluation, "info", text);
      case "WARN" -> logged(evaluation, "warn", text);
      case "FILTER" -> filter(evaluation, text);
      case "HOLD" -> hold(evaluation, text);
      case "DISCARD" -> discard(evaluation, word, text);
      case "REDIRECT" -> redirect(evaluation, text);
      case "BCC" -> bcc(evaluation, text);
      case "PREPEND" -> prepend(evaluation, text);
      case "DEFER_IF_PERMIT" -> evaluation.deferIfPermit(true, deferral(evaluation, text));
      case "DEFER_IF_REJECT" -> {
        evaluation.deferIfReject(deferral(evaluation, text));
        yield Outcome.DUNNO;
      }
      case "OK", "RELAY" -> permit(evaluation, word);
      default -> other(evaluation, value, word, text);
    };
  }

  private Outcome other(Evaluation evaluation, String value, String word, String text)
      throws StopException {
    // some programs that log users in for relaying write the time as the value
    if (isNumber(value)) {
      return permit(evaluation, word);
    }
    if (word.length() == 3
        && !text.isEmpty()
        && isNumber(word)
        && "45".indexOf(word.charAt(0)) >= 0) {
      return reject(evaluation, Integer.parseInt(word), word.charAt(0) + ".7.1", text);
    }
    return restrictions(evaluation, value);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Outcome permit(Evaluation evaluation, String word) {
    return evaluation.permit(word, subject, table);
  }

  private Outcome reject(Evaluation evaluation, int code, String dsn, String text) {
    ReplyText.Split split = ReplyText.Split.of(text, dsn);
    return evaluation.reject(
        ErrorClass.POLICY,
        code,
        fixed(evaluation, split.dsn()),
        subject.rejected(split.textOr("Access denied")));
  }

  private Deferral deferral(Evaluation evaluation, String text) {
    ReplyText.Split split = ReplyText.Split.of(text, "4.7.1");
    return new Deferral(
        ErrorClass.POLICY,
        evaluation.settings().codes().accessDefer(),
        fixed(evaluation, split.dsn()),
        subject.rejected(split.textOr("Service unavailable")));
  }

  private String fixed(Evaluation evaluation, String dsn) {
    return DsnFix.fix(dsn, subject.type(), evaluation.rules().log()::info);
  }

  private static Outcome logged(Evaluation evaluation, String event, String text) {
    evaluation.log(event, text);
    return Outcome.DUNNO;
  }

  private String about() {
    return "<" + subject.value() + ">: " + subject.type();
  }

  private Outcome filter(Evaluation evaluation, String text) {
    if (!concernsMail(evaluation, "FILTER")) {
      return Outcome.DUNNO;
    }
    if (text.isEmpty()) {
      entryWarning(evaluation, "has FILTER entry without value");
    } else if (text.indexOf(':') < 0) {
      entryWarning(evaluation, "requires transport:destination");
    } else {
      evaluation.log("filter", about() + " triggers FILTER " + text);
      evaluation.effects().filter(text);
    }
    return Outcome.DUNNO;
  }

  private Outcome hold(Evaluation evaluation, String text) {
    if (concernsMail(evaluation, "HOLD") && !evaluation.effects().holds()) {
      evaluation.log("hold", about() + " " + (text.isEmpty() ? "triggers HOLD action" : text));
      evaluation.effects().hold();
    }
    return Outcome.DUNNO;
  }

  private Outcome discard(Evaluation evaluation, String word, String text) {
    if (!concernsMail(evaluation, "DISCARD")) {
      return Outcome.DUNNO;
    }
    evaluation.log("discard", about() + " " + (text.isEmpty() ? "triggers DISCARD action" : text));
    evaluation.effects().discard();
    return permit(evaluation, word);
  }

  private Outcome redirect(Evaluation evaluation, String text) {
    if (concernsMail(evaluation, "REDIRECT") && isAddress(evaluation, text)) {
      evaluation.log("redirect", about() + " triggers REDIRECT " + text);
      evaluation.effects().redirect(text);
    }
    return Outcome.DUNNO;
  }

  private Outcome bcc(Evaluation evaluation, String text) {
    if (concernsMail(evaluation, "BCC") && isAddress(evaluation, text)) {
      evaluation.log("bcc", about() + " triggers BCC " + text);
      evaluation.effects().bcc(text);
    }
    return Outcome.DUNNO;
  }

  private boolean isAddress(Evaluation evaluation, String text) {
    if (text.indexOf('@') < 0) {
      entryWarning(evaluation, "requires user@domain target");
      return false;
    }
    return true;
  }

  private Outcome prepend(Evaluation evaluation, String text) {
    if (!inTransaction(evaluation, "PREPEND")) {
      return Outcome.DUNNO;
    }
    if (evaluation.request().command().equals("END-OF-MESSAGE")) {
      evaluation.warning(
          "access table "
              + table
              + ": action PREPEND must be used before smtpd_end_of_data_restrictions");
    } else if (!HeaderSyntax.isHeader(text)) {
      entryWarning(evaluation, "requires header: text");
    } else {
      evaluation.effects().prepend(text);
    }
    return Outcome.DUNNO;
  }

  private void entryWarning(Evaluation evaluation, String what) {
    evaluation.warning("access table " + table + " entry \"" + datum + "\" " + what);
  }

  /// Whether there is, or will be, a message that the action can concern.
  private boolean concernsMail(Evaluation evaluation, String action) {
    if (evaluation.request().command().equals("ETRN")) {
      evaluation.warning(
          "access table "
              + table
              + ": action "
              + action
              + " is unavailable in smtpd_etrn_restrictions");
      return false;
    }
    return inTransaction(evaluation, action);
  }

  private boolean inTransaction(Evaluation evaluation, String action) {
    if (evaluation.request().mail().sender().isPresent()) {
      return true;
    }
    evaluation.warning(
        "access table "
            + table
            + ": with smtpd_delay_reject=no, action "
            + action
            + " is always skipped in "
            + ReplyClass.CLIENT
            + " or "
            + ReplyClass.HELO
            + " restrictions");
    return false;
  }

  /// A list of restrictions, usually the name of a class.
  private Outcome restrictions(Evaluation evaluation, String value) throws StopException {
    if (value.indexOf(':') >= 0) {
      evaluation.warning("access table " + table + " has entry with lookup table: " + value);
      evaluation.warning("do not specify lookup tables inside SMTPD access maps");
      evaluation.warning("define a restriction class and specify its name instead.");
      throw evaluation.serverError();
    }
    if (evaluation.recursion() > RECURSION_LIMIT) {
      evaluation.warning(
          "access table " + table + " entry " + value + " causes unreasonable recursion");
      throw evaluation.serverError();
    }
    if (Braces.words(value).isEmpty()) {
      evaluation.warning("access table " + table + " entry " + value + " has empty value");
      return Outcome.OK;
    }
    return evaluation.runAs(subject, evaluation.rules().parser().parse(value));
  }
}
