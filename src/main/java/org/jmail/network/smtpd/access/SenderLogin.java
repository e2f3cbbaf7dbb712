package org.jmail.network.smtpd.access;

import java.util.Optional;
import org.jmail.base.table.Braces;
import org.jmail.base.table.MailAddressMaps;
import org.jmail.base.table.TableException;
import org.jmail.base.table.Utf8;

/// reject_authenticated_sender_login_mismatch and its relatives: who may write under which sender
/// address (smtpd_sender_login_maps).
///
/// @param name of the restriction
record SenderLogin(String name, Rule rule) implements Restriction {

  /// Whom it concerns.
  enum Rule {
    /// Who has logged in must own the sender.
    AUTHENTICATED,
    /// The same, if anybody owns it; and nobody may use an owned one without logging in.
    KNOWN,
    /// Who has not logged in may not use a sender that somebody owns.
    UNAUTHENTICATED
  }

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    if (!evaluation.settings().sasl()) {
      evaluation.warning("restriction `" + name + "' ignored: no SASL support");
      return Outcome.DUNNO;
    }
    Optional<String> sender = Party.SENDER.value(evaluation.request());
    String user = evaluation.request().dialogue().login().username();
    if (sender.isEmpty()
        || (user.isEmpty() ? rule == Rule.AUTHENTICATED : rule == Rule.UNAUTHENTICATED)) {
      return Outcome.DUNNO;
    }
    Optional<String> owners = owners(evaluation, sender.get());
    if (user.isEmpty()) {
      return owners.isEmpty() ? Outcome.DUNNO : reject(evaluation, sender.get(), "not logged in");
    }
    if (owners.isEmpty() && rule == Rule.KNOWN) {
      return Outcome.DUNNO;
    }
    boolean owns =
        owners.stream()
            .flatMap(list -> Braces.words(list).stream())
            .anyMatch(owner -> Utf8.fold(owner).equals(Utf8.fold(user)));
    return owns ? Outcome.DUNNO : reject(evaluation, sender.get(), "not owned by user " + user);
  }

  private static Outcome reject(Evaluation evaluation, String sender, String why) {
    return evaluation.reject(
        ErrorClass.POLICY, 553, "5.7.1", new Subject(sender, ReplyClass.SENDER).rejected(why));
  }

  private static Optional<String> owners(Evaluation evaluation, String sender)
      throws StopException {
    Resolved resolved = evaluation.resolve(ReplyClass.SENDER, sender);
    try {
      return evaluation
          .rules()
          .senderLogins()
          .find(resolved.address(), MailAddressMaps.DEFAULT)
          .map(MailAddressMaps.Found::value);
    } catch (TableException e) {
      evaluation.warning(e.getMessage());
      throw evaluation.temporaryFailure(sender);
    }
  }
}
