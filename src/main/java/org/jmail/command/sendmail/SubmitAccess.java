package org.jmail.command.sendmail;

import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixException;
import org.jmail.base.spool.SubmissionParameters;
import org.jmail.base.spool.Submitters;
import org.jmail.base.table.TableException;

/// authorized_submit_users. pickup decides, also for files in maildrop; asked here too so that a
/// user hears of it while pickup is down.
final class SubmitAccess {

  private SubmitAccess() {}

  static void check(Config config, Caller caller, Diagnostics diagnostics)
      throws FatalException, BadValueException {
    if (Submitters.everybody(config.get(SubmissionParameters.AUTHORIZED_SUBMIT_USERS))) {
      return; // the usual case, which must not cost a native call
    }
    try (Submitters submitters = Submitters.of(config, diagnostics::warning)) {
      Optional<Passwd> entry = Passwd.byUid(caller.uid());
      String login = entry.isPresent() ? entry.get().name() : "unknown";
      if (!submitters.maySubmit(login)) {
        throw new FatalException(
            "User " + login + "(" + caller.uid() + ") is not allowed to submit mail");
      }
    } catch (PosixException | TableException e) {
      throw new FatalException(String.valueOf(e.getMessage()));
    }
  }
}
