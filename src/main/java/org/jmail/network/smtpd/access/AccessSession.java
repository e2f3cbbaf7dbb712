package org.jmail.network.smtpd.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The restrictions as one SMTP session meets them, stage by stage (Postfix smtpd_check_client and
/// its relatives). Confined to the session's thread. Waits for tables, the name service and policy
/// services.
public final class AccessSession {

  private final Rules rules;
  private final RestrictionLists lists;
  private final SessionState state = new SessionState();

  AccessSession(Rules rules, RestrictionLists lists) {
    this.rules = rules;
    this.lists = lists;
  }

  /// What the restrictions of a stage say. Call it at every stage: with smtpd_delay_reject those of
  /// CONNECT, HELO and MAIL pass here and are asked at RCPT and ETRN.
  public Verdict check(Stage stage, AccessRequest request) {
    try {
      Outcome outcome =
          switch (stage) {
            case CONNECT -> delayed() ? Outcome.DUNNO : client(request);
            case HELO -> delayed() ? Outcome.DUNNO : helo(request);
            case MAIL -> delayed() ? Outcome.DUNNO : sender(request);
            case RCPT -> recipient(request);
            case DATA -> data(stage, request, "DATA", ReplyClass.DATA, lists.data());
            case END_OF_DATA ->
                data(stage, request, "END-OF-MESSAGE", ReplyClass.END_OF_DATA, lists.endOfData());
            case ETRN -> etrn(request);
          };
      return outcome instanceof Outcome.Rejected(Verdict.Refuse refusal) ? refusal : Verdict.PASS;
    } catch (StopException e) {
      return e.verdict();
    }
  }

  /// What has to be done with the message of this transaction when it is accepted.
  public Effects effects() {
    return state.effects().build();
  }

  /// What was wrong since the last call, whether it led to a refusal or to a warning.
  public Set<ErrorClass> takeTroubles() {
    Set<ErrorClass> taken = Set.copyOf(state.troubles());
    state.troubles().clear();
    return taken;
  }

  /// The transaction is over, or MAIL was refused: forgets its effects.
  public void endTransaction() {
    state.endTransaction();
  }

  private boolean delayed() {
    return rules.settings().delayReject();
  }

  private Outcome client(AccessRequest request) throws StopException {
    Subject subject = new Subject(request.client().label(), ReplyClass.CLIENT);
    return stage(Stage.CONNECT, request, subject, AccessTarget.CLIENT, lists.client());
  }

  private Outcome helo(AccessRequest request) throws StopException {
    Optional<String> name = request.dialogue().helo();
    if (name.isEmpty()) {
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(name.get(), ReplyClass.HELO);
    return stage(Stage.HELO, request, subject, AccessTarget.HELO, lists.helo());
  }

  private Outcome sender(AccessRequest request) throws StopException {
    Optional<String> sender = request.mail().sender();
    if (sender.isEmpty()) {
      return Outcome.DUNNO;
    }
    state.listed().beginSender();
    Subject subject = new Subject(sender.get(), ReplyClass.SENDER);
    Outcome outcome = stage(Stage.MAIL, request, subject, AccessTarget.SENDER, lists.sender());
    boolean unlisted = rules.settings().unlisted().sender() && !sender.get().isEmpty();
    return unlisted ? thenListed(outcome, Party.SENDER, request, subject) : outcome;
  }

  /// What is left of smtpd_reject_unlisted_….
  private Outcome thenListed(Outcome outcome, Party party, AccessRequest request, Subject subject)
      throws StopException {
    return outcome instanceof Outcome.Rejected || state.effects().discards()
        ? outcome
        : new RejectUnlisted(party).check(evaluation(request, subject, Optional.empty()));
  }

  /// One stage whose deferrals wait for a later one.
  private Outcome stage(
      Stage stage,
      AccessRequest request,
      Subject subject,
      AccessTarget target,
      List<Restriction> list)
      throws StopException {
    state.deferIfPermit().begin(stage);
    try {
      return evaluation(request, subject, Optional.of(target)).run(list);
    } finally {
      state.deferIfPermit().end(stage);
    }
  }

  private Outcome recipient(AccessRequest request) throws StopException {
    Optional<String> recipient = request.mail().recipient();
    // RFC 5321 section 4.5.1: postmaster without a domain is always taken
    if (recipient.isEmpty() || recipient.get().equalsIgnoreCase("postmaster")) {
      return Outcome.DUNNO;
    }
    state.listed().beginRecipient();
    if (delayed() && earlier(request, true) instanceof Outcome.Rejected rejected) {
      return rejected;
    }
    state.deferIfPermit().begin(Stage.RCPT);
    Subject subject = new Subject(recipient.get(), ReplyClass.RECIPIENT);
    Evaluation evaluation = evaluation(request, subject, Optional.of(AccessTarget.RECIPIENT));
    boolean relayFirst = rules.settings().relayFirst();
    Outcome outcome = evaluation.run(relayFirst ? lists.relay() : lists.recipient());
    if (!(outcome instanceof Outcome.Rejected)) {
      outcome = evaluation.run(relayFirst ? lists.recipient() : lists.relay());
    }
    outcome = evaluation.settle(outcome);
    return rules.settings().unlisted().recipient()
        ? thenListed(outcome, Party.RECIPIENT, request, subject)
        : outcome;
  }

  private Outcome etrn(AccessRequest request) throws StopException {
    Optional<String> domain = request.etrnDomain();
    if (domain.isEmpty()) {
      return Outcome.DUNNO;
    }
    if (delayed() && earlier(request, false) instanceof Outcome.Rejected rejected) {
      return rejected;
    }
    state.deferIfPermit().begin(Stage.ETRN);
    Subject subject = new Subject(domain.get(), ReplyClass.ETRN);
    Evaluation evaluation = evaluation(request, subject, Optional.of(AccessTarget.ETRN));
    return evaluation.settle(evaluation.run(lists.etrn()));
  }

  /// The stages that smtpd_delay_reject has put off.
  private Outcome earlier(AccessRequest request, boolean withSender) throws StopException {
    Outcome outcome = client(request);
    if (!(outcome instanceof Outcome.Rejected)) {
      outcome = helo(request);
    }
    if (withSender && !(outcome instanceof Outcome.Rejected)) {
      outcome = sender(request);
    }
    return outcome;
  }

  /// Of several recipients none is named: what is decided concerns them all.
  private Outcome data(
      Stage stage, AccessRequest request, String name, ReplyClass type, List<Restriction> list)
      throws StopException {
    AccessRequest asked =
        request.mail().recipientCount() > 1
            ? request.withMail(request.mail().withoutRecipient())
            : request;
    state.deferIfPermit().begin(stage);
    Evaluation evaluation = evaluation(asked, new Subject(name, type), Optional.empty());
    return evaluation.settle(evaluation.run(list));
  }

  private Evaluation evaluation(
      AccessRequest request, Subject subject, Optional<AccessTarget> target) {
    return new Evaluation(rules, request, state, subject, target);
  }
}
