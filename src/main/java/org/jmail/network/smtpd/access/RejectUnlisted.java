package org.jmail.network.smtpd.access;

import java.util.Optional;
import org.jmail.base.table.TableException;

/// reject_unlisted_recipient and reject_unlisted_sender: users who do not exist, in the domains of
/// this machine (Postfix check_rcpt_maps). Also asked after all other restrictions, as
/// smtpd_reject_unlisted_recipient and smtpd_reject_unlisted_sender say.
///
/// @param party SENDER or RECIPIENT
record RejectUnlisted(Party party) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> address = party.value(evaluation.request());
    UserTables tables = evaluation.rules().users();
    if (address.isEmpty() || tables.disabled() || evaluation.listed().isDone(party.type())) {
      return Outcome.DUNNO;
    }
    if (!evaluation.warnsOnly()) {
      evaluation.listed().done(party.type());
    }
    return check(evaluation, tables, new Subject(address.get(), party.type()));
  }

  private Outcome check(Evaluation evaluation, UserTables tables, Subject subject)
      throws StopException {
    Resolved resolved = evaluation.resolve(party.type(), subject.value());
    try {
      if (isMapped(tables, resolved.address())) {
        return Outcome.DUNNO;
      }
      return switch (resolved.transport()) {
        case "error" -> undeliverable(evaluation, resolved, subject);
        case "retry" -> reject(evaluation, 450, resolved.nexthop(), "4.1.", subject);
        default -> byClass(evaluation, tables, resolved, subject);
      };
    } catch (TableException e) {
      evaluation.warning(e.getMessage());
      throw evaluation.temporaryFailure(subject.value());
    }
  }

  private boolean isMapped(UserTables tables, String address) throws TableException {
    return tables.recipientCanonical().has(address)
        || (party == Party.SENDER && tables.senderCanonical().has(address))
        || tables.canonical().has(address)
        || tables.virtualAlias().has(address);
  }

  private Outcome undeliverable(Evaluation evaluation, Resolved resolved, Subject subject) {
    ReplyCodes.Recipients codes = evaluation.settings().codes().recipients();
    int code = resolved.isVirtualAlias() ? codes.virtualAlias() : 550;
    return reject(evaluation, code, resolved.nexthop(), "5.1.", subject);
  }

  private Outcome reject(
      Evaluation evaluation, int code, String nexthop, String dsn, Subject subject) {
    ReplyText.Split split = ReplyText.Split.of(nexthop, dsn + (party == Party.SENDER ? "0" : "1"));
    return evaluation.reject(
        ErrorClass.BOUNCE,
        code,
        DsnFix.fix(split.dsn(), party.type(), evaluation.rules().log()::info),
        subject.rejected(split.text()));
  }

  private Outcome byClass(
      Evaluation evaluation, UserTables tables, Resolved resolved, Subject subject)
      throws TableException {
    ReplyCodes.Recipients codes = evaluation.settings().codes().recipients();
    String address = resolved.address();
    return switch (resolved.domainClass()) {
      case LOCAL ->
          isReserved(address, tables)
              ? Outcome.DUNNO
              : known(
                  evaluation, tables.local(), "local recipient", codes.local(), address, subject);
      case VIRTUAL_MAILBOX ->
          known(
              evaluation,
              tables.virtualMailbox(),
              "virtual mailbox",
              codes.virtualMailbox(),
              address,
              subject);
      case RELAY ->
          known(evaluation, tables.relay(), "relay recipient", codes.relay(), address, subject);
      case VIRTUAL_ALIAS, DEFAULT -> Outcome.DUNNO;
    };
  }

  /// Addresses that always work: what bounces come from, and RFC 5321 section 4.5.1.
  private static boolean isReserved(String address, UserTables tables) {
    String user = address.substring(0, address.lastIndexOf('@'));
    return user.equalsIgnoreCase(tables.doubleBounce())
        || user.equalsIgnoreCase("postmaster")
        || user.equalsIgnoreCase("mailer-daemon");
  }

  private Outcome known(
      Evaluation evaluation,
      UserTables.Table table,
      String name,
      int code,
      String address,
      Subject subject)
      throws TableException {
    if (!table.isSet() || table.has(address)) {
      return Outcome.DUNNO;
    }
    String where = evaluation.rules().users().namesTable() ? " in " + name + " table" : "";
    return evaluation.reject(
        ErrorClass.BOUNCE,
        code,
        party == Party.SENDER ? "5.1.0" : "5.1.1",
        subject.rejected("User unknown" + where));
  }
}
