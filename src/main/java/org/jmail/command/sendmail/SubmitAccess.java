package org.jmail.command.sendmail;

/// authorized_submit_users, as far as the submitter's side can say: pickup decides, also for files
/// in maildrop. Asked here too so that a user hears of it while pickup is down.
final class SubmitAccess {

  private SubmitAccess() {}

  static void check(Settings settings, Caller caller) throws FatalException {
    if (settings.submitters().startsWith("static:")) {
      return; // everybody, whatever follows (Postfix user_acl.c)
    }
    // TODO
  }
}
