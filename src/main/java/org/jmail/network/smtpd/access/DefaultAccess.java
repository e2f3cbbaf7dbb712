package org.jmail.network.smtpd.access;

import java.util.Optional;
import org.jmail.base.table.TableException;

/// A table without `check_…_access` before it: the one that fits the stage.
///
/// @param word as it stands in the list
record DefaultAccess(String word, AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws TableException, StopException {
    Optional<AccessTarget> target = evaluation.defaultTarget();
    if (target.isEmpty()) {
      evaluation.warning(
          "specify one of (check_client_access, check_reverse_client_hostname_access,"
              + " check_helo_access, check_sender_access, check_recipient_access,"
              + " check_etrn_access) before "
              + evaluation.subject().type()
              + " restriction \""
              + word
              + "\"");
      throw evaluation.serverError();
    }
    Restriction restriction =
        switch (target.get()) {
          case CLIENT -> new CheckClientAccess(table);
          case HELO -> new CheckHeloAccess(table);
          case SENDER -> new CheckSenderAccess(table);
          case RECIPIENT -> new CheckRecipientAccess(table);
          case ETRN -> new CheckEtrnAccess(table);
        };
    return restriction.check(evaluation);
  }
}
