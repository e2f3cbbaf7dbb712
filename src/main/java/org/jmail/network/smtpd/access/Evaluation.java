package org.jmail.network.smtpd.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jmail.base.table.TableException;

/// One walk through restriction lists for one request: what has been decided so far and how a
/// refusal comes out (Postfix generic_checks, smtpd_check_reject, defer_if). Confined to one
/// session's thread.
final class Evaluation {

  private static final int REPLY_LIMIT = 510;
  private static final int RECURSION_LIMIT = 100;
  private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}(?!\\S)");
  private static final String GENERIC_REPLY = "450 4.7.1 Service unavailable";

  private final Rules rules;
  private final AccessRequest request;
  private final PendingDeferral deferIfPermit;
  private final EffectsBuilder effects;
  private final ListedOnce listed;
  private final Set<ErrorClass> troubles;
  private final Optional<AccessTarget> defaultTarget;
  private Subject subject;
  private Optional<Deferral> deferIfReject = Optional.empty();
  private int recursion;
  private int warnIfReject;
  private int policyNesting;

  Evaluation(
      Rules rules,
      AccessRequest request,
      SessionState session,
      Subject subject,
      Optional<AccessTarget> defaultTarget) {
    this.rules = rules;
    this.request = request;
    this.deferIfPermit = session.deferIfPermit();
    this.effects = session.effects();
    this.listed = session.listed();
    this.troubles = session.troubles();
    this.subject = subject;
    this.defaultTarget = defaultTarget;
  }

  Rules rules() {
    return rules;
  }

  AccessSettings settings() {
    return rules.settings();
  }

  AccessRequest request() {
    return request;
  }

  Client client() {
    return request.client();
  }

  EffectsBuilder effects() {
    return effects;
  }

  ListedOnce listed() {
    return listed;
  }

  /// What restrictions name that are about no address or name of their own.
  Subject subject() {
    return subject;
  }

  /// What a table without `check_…_access` before it is asked for, at this stage.
  Optional<AccessTarget> defaultTarget() {
    return defaultTarget;
  }

  boolean warnsOnly() {
    return warnIfReject > 0;
  }

  void warning(String text) {
    rules.log().warning(text);
  }

  /// Logs an event that refuses nothing.
  void log(String event, String text) {
    rules.log().info(rules.accessLog().line(request, event, text));
  }

  /// Where an address leads.
  ///
  /// @param type SENDER when it is the sender of the message, so that the recipient is the other
  ///   end
  /// @throws StopException when a table cannot tell
  Resolved resolve(ReplyClass type, String address) throws StopException {
    AccessRequest.Mail mail = request.mail();
    Optional<String> other = type == ReplyClass.SENDER ? mail.recipient() : mail.sender();
    try {
      return rules.addresses().resolve(other.orElse(""), address);
    } catch (TableException e) {
      warning(e.getMessage());
      throw temporaryFailure(address);
    }
  }

  /// Asks the restrictions of one list in turn.
  Outcome run(List<Restriction> restrictions) throws StopException {
    if (recursion > RECURSION_LIMIT) {
      warning("restriction lists call one another more than " + RECURSION_LIMIT + " times");
      throw serverError();
    }
    int outer = recursion++;
    Outcome outcome = Outcome.DUNNO;
    for (Restriction restriction : restrictions) {
      if (effects.discards()) {
        break;
      }
      if (restriction instanceof WarnIfReject) {
        warnIfReject = warnIfReject == 0 ? recursion : warnIfReject;
        continue;
      }
      outcome = ask(restriction);
      endWarnings();
      if (!(outcome instanceof Outcome.Dunno)
          || (deferIfPermit.isActive() && deferIfReject.isPresent())) {
        break;
      }
    }
    recursion = outer;
    endWarnings();
    return outcome;
  }

  /// The same about somebody else: what a table entry of a client says concerns the client, at
  /// whatever stage it is asked.
  Outcome runAs(Subject other, List<Restriction> restrictions) throws StopException {
    Subject outer = subject;
    subject = other;
    try {
      return run(restrictions);
    } finally {
      subject = outer;
    }
  }

  private void endWarnings() {
    if (warnIfReject >= recursion) {
      warnIfReject = 0;
    }
  }

  private Outcome ask(Restriction restriction) throws StopException {
    try {
      return restriction.check(this);
    } catch (TableException e) {
      warning(e.getMessage());
      throw temporaryFailure(subject.value());
    }
  }

  /// A list that is asked about something else in between, such as the default action of a policy
  /// service.
  int enterPolicy() {
    return ++policyNesting;
  }

  void leavePolicy() {
    policyNesting--;
  }

  int recursion() {
    return recursion;
  }

  /// Refuses, or warns with warn_if_reject, or defers when an earlier trouble may be to blame.
  Outcome reject(ErrorClass errorClass, int code, String dsn, String text) {
    troubles.add(errorClass);
    boolean warn = warnIfReject > 0 && errorClass.canBecomeWarning();
    String reply = checked(code, code + " " + dsn + " " + text);
    if (!warn && deferIfReject.isPresent() && reply.startsWith("5")) {
      Deferral earlier = deferIfReject.get();
      warnIfReject = 0;
      deferIfReject = Optional.empty();
      return reject(earlier.errorClass(), earlier.code(), earlier.dsn(), earlier.text());
    }
    char digit = settings().softBounce() ? '4' : reply.charAt(0);
    reply = digit + reply.substring(1, 4) + digit + reply.substring(5);
    log(warn ? "reject_warning" : "reject", reply);
    return warn ? Outcome.DUNNO : new Outcome.Rejected(new Verdict.Refuse(reply, errorClass));
  }

  /// The reply if it is one: what an administrator has written in a table may not be.
  private String checked(int code, String reply) {
    if (code < 400 || code > 599) {
      warning("SMTP reply code configuration error: " + reply);
      return GENERIC_REPLY;
    }
    if (!STATUS.matcher(reply).region(4, reply.length()).lookingAt()) {
      warning("DSN detail code configuration error: " + reply);
      return GENERIC_REPLY;
    }
    String line = reply.length() > REPLY_LIMIT ? reply.substring(0, REPLY_LIMIT) : reply;
    return ReplyText.printable(line);
  }

  /// Accepts, with a log line when smtpd_log_access_permit_actions names the action.
  Outcome permit(String action, Subject about, String source) {
    if (!deferIfPermit.isActive() && rules.logsPermit(action)) {
      String from = source.isEmpty() ? " " : " from " + source;
      log("permit", "action=" + action + " for " + about.type() + "=" + about.value() + from);
    }
    return Outcome.OK;
  }

  /// Turns a later acceptance into a deferral; with warn_if_reject, or when the action is not
  /// `defer_if_permit`, refuses at once.
  Outcome deferIfPermit(boolean later, Deferral reason) {
    if (later && warnIfReject == 0) {
      deferIfPermit.raise(reason);
      return Outcome.DUNNO;
    }
    return reject(reason.errorClass(), reason.code(), reason.dsn(), reason.text());
  }

  /// Turns a later refusal into a deferral.
  void deferIfReject(Deferral reason) {
    deferIfReject = deferIfReject.or(() -> Optional.of(reason));
  }

  /// Turns an acceptance into the deferral that was raised before, if any.
  Outcome settle(Outcome outcome) {
    Optional<Deferral> pending = deferIfPermit.get();
    if (outcome instanceof Outcome.Rejected || pending.isEmpty()) {
      return outcome;
    }
    Deferral reason = pending.get();
    return reject(reason.errorClass(), reason.code(), reason.dsn(), reason.text());
  }

  /// `451 4.3.5 Server configuration error`: the log says what is wrong with it.
  StopException serverError() {
    return stop(ErrorClass.SOFTWARE, "4.3.5", "Server configuration error");
  }

  /// `451 4.3.0 <…>: Temporary lookup failure`.
  StopException temporaryFailure(String what) {
    return stop(ErrorClass.DATA, "4.3.0", "<" + what + ">: Temporary lookup failure");
  }

  private StopException stop(ErrorClass errorClass, String dsn, String text) {
    return switch (reject(errorClass, 451, dsn, text)) {
      case Outcome.Rejected(Verdict.Refuse refusal) -> new StopException(refusal);
      default -> throw new IllegalStateException("an error of ours became a warning");
    };
  }
}
