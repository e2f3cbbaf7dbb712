package org.jmail.network.smtpd.access;

import java.util.List;
import java.util.Map;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.LocalDomains;
import org.jmail.base.routing.OwnAddresses;
import org.jmail.base.table.MailAddressMaps;
import org.jmail.base.table.Maps;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableException;
import org.jmail.network.dns.NameService;

/// What the restrictions of one service share. Immutable; used by many sessions at once.
///
/// @param loggedPermits smtpd_log_access_permit_actions
/// @param classes the lists of smtpd_restriction_classes
/// @param owned what is closed with it
record Rules(
    AccessSettings settings,
    AccessLog accessLog,
    MailLog log,
    AddressResolution addresses,
    NameService names,
    RestrictionParser parser,
    Networks networks,
    MatchList loggedPermits,
    UserTables users,
    MailAddressMaps senderLogins,
    Maps relayClientCertificates,
    DnsListCache dnsLists,
    DnsListReply dnsListReply,
    VerifyUse verification,
    Map<String, List<Restriction>> classes,
    List<AutoCloseable> owned)
    implements AutoCloseable {

  /// Who is who.
  record Networks(
      MatchList mynetworks,
      MatchList mxBackup,
      OwnAddresses interfaces,
      LocalDomains localDomains) {}

  MatchList mynetworks() {
    return networks.mynetworks();
  }

  MatchList mxBackupNetworks() {
    return networks.mxBackup();
  }

  OwnAddresses interfaces() {
    return networks.interfaces();
  }

  LocalDomains localDomains() {
    return networks.localDomains();
  }

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
    for (AutoCloseable each : owned) {
      try {
        each.close();
      } catch (Exception e) {
        log.warning("closing tables: " + e);
      }
    }
  }
}
