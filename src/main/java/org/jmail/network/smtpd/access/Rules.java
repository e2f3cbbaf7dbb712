package org.jmail.network.smtpd.access;

import java.util.List;
import java.util.Map;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableException;
import org.jmail.network.dns.NameService;

/// What the restrictions of one service share. Immutable; used by many sessions at once.
///
/// @param loggedPermits smtpd_log_access_permit_actions
/// @param classes the lists of smtpd_restriction_classes
record Rules(
    AccessSettings settings,
    AccessLog accessLog,
    MailLog log,
    AddressResolution addresses,
    NameService names,
    RestrictionParser parser,
    AccessTables tables,
    MatchList mynetworks,
    MatchList loggedPermits,
    Map<String, List<Restriction>> classes)
    implements AutoCloseable {

  boolean logsPermit(String action) {
    try {
      return loggedPermits.matchesString(action);
    } catch (TableException e) {
      log.warning(e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    tables.close();
    mynetworks.close();
    loggedPermits.close();
  }
}
