package org.jmail.network.smtpd;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.network.smtpd.access.AccessLog;
import org.jmail.network.smtpd.access.Restrictions;
import org.jmail.network.verify.ProbeSender;

/// One row of master.cf that runs smtpd, as it is configured now: what all its sessions share. Safe
/// for use by many threads; a reload makes another, running sessions keep theirs.
///
/// @param name the first column of master.cf
/// @param standAlone whether the one client is the program at standard input (`sendmail -bs`): it
///   may do what sendmail may, so nothing is asked about it
/// @param restrictions and `names`, `probes`: none when standing alone
record SmtpService(
    String name,
    boolean standAlone,
    SmtpdSettings settings,
    ClientLimits.Settings clientLimits,
    SmtpdLists lists,
    RefusalFilter refusals,
    LocalRewriting rewriting,
    Optional<Restrictions> restrictions,
    Optional<ClientNames> names,
    Optional<ProbeSender> probes,
    AddressCheck addresses,
    QueueSpace space,
    RecipientSpace recipients,
    MessageSink sink,
    Anvil anvil,
    MailLog log)
    implements AutoCloseable {

  /// What a service does not read from its own configuration.
  record Surroundings(
      Optional<Restrictions> restrictions,
      Optional<ClientNames> names,
      Optional<ProbeSender> probes,
      AddressCheck addresses,
      QueueSpace space,
      RecipientSpace recipients,
      MessageSink sink,
      Anvil anvil) {}

  /// The service of `sendmail -bs`.
  static SmtpService standAlone(Config config, MessageSink sink, MailLog log)
      throws BadValueException {
    Surroundings around =
        new Surroundings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            (sender, address, smtpUtf8) -> true,
            new QueueSpace(Path.of(config.get(BaseParameters.QUEUE_DIRECTORY))),
            new RecipientSpace(),
            sink,
            new Anvil(
                config.get(AnvilParameters.ANVIL_RATE_TIME_UNIT), InstantSource.system(), log));
    return of("smtpd", config, around, log);
  }

  /// @param around without restrictions: standing alone
  static SmtpService of(String name, Config config, Surroundings around, MailLog log)
      throws BadValueException {
    boolean alone = around.restrictions().isEmpty();
    SmtpdSettings settings = SmtpdSettings.of(config, alone);
    SmtpdLists lists = SmtpdLists.open(config, alone, log::warning);
    return new SmtpService(
        name,
        alone,
        settings,
        ClientLimits.Settings.of(config),
        lists,
        new RefusalFilter(
            lists.rejectFilter(), lists.rejectFooters(), settings.refusals().footer(), log),
        alone ? LocalRewriting.NONE : LocalRewriting.open(config, log),
        around.restrictions(),
        around.names(),
        around.probes(),
        around.addresses(),
        around.space(),
        around.recipients(),
        around.sink(),
        around.anvil(),
        log);
  }

  ClientLimits limits(Session session, boolean excepted) {
    return new ClientLimits(clientLimits, anvil, name, session, excepted);
  }

  /// How log lines of this service look.
  AccessLog accessLog() {
    return restrictions.map(Restrictions::accessLog).orElse(new AccessLog(false));
  }

  /// Whether MAIL is to be refused for want of space.
  boolean isQueueFull(Session session) {
    SmtpdSettings.Limits limits = settings.limits();
    return !standAlone
        && !space.suffices(limits.queueMinfree(), limits.messageSize(), session.log());
  }

  @Override
  public void close() {
    lists.close();
    rewriting.close();
    restrictions.ifPresent(Restrictions::close);
  }
}
