package org.jmail.network.smtpd.access;

/// check_sasl_access: the name a client has logged in with.
record CheckSaslAccess(String name, AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    if (!evaluation.settings().sasl()) {
      evaluation.warning("restriction `" + name + "' ignored: no SASL support");
      return Outcome.DUNNO;
    }
    String user = evaluation.request().dialogue().login().username();
    Subject subject = new Subject(ReplyText.printable(user).replace(' ', '_'), ReplyClass.LOGIN);
    return user.isEmpty()
        ? Outcome.DUNNO
        : table.exact(evaluation, user, subject).orElse(Outcome.DUNNO);
  }
}
