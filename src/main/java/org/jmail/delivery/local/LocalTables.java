package org.jmail.delivery.local;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.DomainList;
import org.jmail.base.table.Maps;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;

/// The tables of local(8).
///
/// @param destinations mydestination; an alias member at one of this machine's addresses in
///   brackets goes through the queue, so that this process need not know them
record LocalTables(
    Maps aliases,
    Maps mailboxCommands,
    Maps mailboxTransports,
    Maps fallbackTransports,
    DomainList destinations)
    implements AutoCloseable {

  static LocalTables open(Config config, MailLog log) throws BadValueException {
    TableContext context = TableContext.of(config, log::warning);
    TableContext plain = context.withFold(false);
    MatchList mydestination =
        MatchList.parse(
            "mydestination",
            String.join(" ", config.get(BaseParameters.MYDESTINATION)),
            false,
            context);
    return new LocalTables(
        Maps.open("aliases", config.get(LocalParameters.ALIAS_MAPS), context),
        Maps.open("mailbox_command_maps", config.get(LocalParameters.MAILBOX_COMMAND_MAPS), plain),
        Maps.open(
            "mailbox_transport_maps",
            config.get(LocalParameters.MAILBOX_TRANSPORT_MAPS),
            plain.withSubstitution(false)),
        Maps.open(
            "fallback_transport_maps",
            config.get(LocalParameters.FALLBACK_TRANSPORT_MAPS),
            plain.withSubstitution(false)),
        mydestination::matchesDomain);
  }

  @Override
  public void close() {
    aliases.close();
    mailboxCommands.close();
    mailboxTransports.close();
    fallbackTransports.close();
  }
}
