package org.jmail.network.smtpd;

import java.util.Optional;
import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.table.LookupTable;
import org.jmail.base.table.Maps;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;
import org.jmail.base.table.Tables;

/// The lists and tables of one SMTP service but for those of its restrictions. Safe for use by many
/// threads.
record SmtpdLists(
    MatchList noopCommands,
    MatchList forbiddenCommands,
    MatchList xclientHosts,
    MatchList xforwardHosts,
    MatchList verpClients,
    MatchList bareNewlineExclusions,
    MatchList eventLimitExceptions,
    Maps discardEhloKeywords,
    Maps rejectFooters,
    Maps rejectFilter,
    Optional<LookupTable> commandFilter)
    implements AutoCloseable {

  /// @param standAlone see [SmtpService]: then no list names this client
  static SmtpdLists open(Config config, boolean standAlone, Consumer<String> warning)
      throws BadValueException {
    TableContext context = TableContext.of(config, warning);
    boolean known = !standAlone;
    return new SmtpdLists(
        list(config, SmtpdParameters.SMTPD_NOOP_COMMANDS.name(), context),
        list(config, SmtpdParameters.SMTPD_FORBIDDEN_COMMANDS.name(), context),
        clients(known, config, SmtpdParameters.SMTPD_AUTHORIZED_XCLIENT_HOSTS, context),
        clients(known, config, SmtpdParameters.SMTPD_AUTHORIZED_XFORWARD_HOSTS, context),
        list(config, SmtpdParameters.SMTPD_AUTHORIZED_VERP_CLIENTS.name(), context),
        clients(known, config, SmtpdParameters.SMTPD_FORBID_BARE_NEWLINE_EXCLUSIONS, context),
        clients(known, config, AnvilParameters.SMTPD_CLIENT_EVENT_LIMIT_EXCEPTIONS, context),
        maps(config, SmtpdParameters.SMTPD_DISCARD_EHLO_KEYWORD_ADDRESS_MAPS, context),
        maps(config, SmtpdParameters.SMTPD_REJECT_FOOTER_MAPS, context),
        maps(config, SmtpdParameters.SMTPD_REJECT_FILTER_MAPS, context),
        table(config.get(SmtpdParameters.SMTPD_COMMAND_FILTER), context));
  }

  private static MatchList list(Config config, String name, TableContext context)
      throws BadValueException {
    return MatchList.parse(name, config.lookup(name).orElse(""), false, context);
  }

  private static MatchList clients(
      boolean known, Config config, Parameter<String> parameter, TableContext context)
      throws BadValueException {
    return known
        ? list(config, parameter.name(), context)
        : MatchList.parse(parameter.name(), "", false, context);
  }

  private static Maps maps(Config config, Parameter<String> parameter, TableContext context)
      throws BadValueException {
    return Maps.open(parameter.name(), config.get(parameter), context);
  }

  private static Optional<LookupTable> table(String name, TableContext context)
      throws BadValueException {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Tables.open(name, context));
    } catch (TableException e) {
      throw new BadValueException("parameter smtpd_command_filter: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    noopCommands.close();
    forbiddenCommands.close();
    xclientHosts.close();
    xforwardHosts.close();
    verpClients.close();
    bareNewlineExclusions.close();
    eventLimitExceptions.close();
    discardEhloKeywords.close();
    rejectFooters.close();
    rejectFilter.close();
    commandFilter.ifPresent(LookupTable::close);
  }
}
