package org.jmail.network.smtpd;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.network.smtpd.access.Restrictions;

/// One row of master.cf that runs smtpd, as it is configured now: what all its sessions share. Safe
/// for use by many threads; a reload makes another, running sessions keep theirs.
///
/// @param name the first column of master.cf
/// @param isNetwork whether clients come over a network, not from a program of this machine
record SmtpService(
    String name,
    boolean isNetwork,
    SmtpdSettings settings,
    ClientLimits.Settings clientLimits,
    SmtpdLists lists,
    RefusalFilter refusals,
    LocalRewriting rewriting,
    Restrictions restrictions,
    ClientNames names,
    AddressCheck addresses,
    QueueSpace space,
    MessageSink sink,
    Anvil anvil,
    MailLog log)
    implements AutoCloseable {

  /// What a service does not read from its own configuration.
  record Surroundings(
      Restrictions restrictions,
      ClientNames names,
      AddressCheck addresses,
      QueueSpace space,
      MessageSink sink,
      Anvil anvil) {}

  static SmtpService open(
      String name, boolean isNetwork, Config config, Surroundings around, MailLog log)
      throws BadValueException {
    SmtpdSettings settings = SmtpdSettings.of(config);
    SmtpdLists lists = SmtpdLists.open(config, log::warning);
    return new SmtpService(
        name,
        isNetwork,
        settings,
        ClientLimits.Settings.of(config),
        lists,
        new RefusalFilter(
            lists.rejectFilter(), lists.rejectFooters(), settings.refusals().footer(), log),
        LocalRewriting.open(config, log),
        around.restrictions(),
        around.names(),
        around.addresses(),
        around.space(),
        around.sink(),
        around.anvil(),
        log);
  }

  ClientLimits limits(Session session, boolean excepted) {
    return new ClientLimits(clientLimits, anvil, name, session, excepted);
  }

  /// Whether MAIL is to be refused for want of space.
  boolean isQueueFull(Session session) {
    SmtpdSettings.Limits limits = settings.limits();
    return !space.suffices(limits.queueMinfree(), limits.messageSize(), session.log());
  }

  @Override
  public void close() {
    lists.close();
    rewriting.close();
    restrictions.close();
  }
}
