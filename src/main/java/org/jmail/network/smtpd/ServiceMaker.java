package org.jmail.network.smtpd;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.config.Parameter;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.Maps;
import org.jmail.base.table.TableContext;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.dns.NameService;
import org.jmail.network.dns.RecordFilter;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.rewrite.Route;
import org.jmail.network.smtpd.access.Restrictions;
import org.jmail.network.verify.ProbeSender;

/// Makes the services of one configuration. Safe for use by many threads.
record ServiceMaker(
    Configuration configuration,
    SmtpServer.Parts parts,
    Anvil anvil,
    QueueSpace space,
    RecipientSpace recipients) {

  /// @param stress whether `stress` is set, as master(8) does when all processes are busy
  SmtpService make(MasterService row, boolean stress) throws BadValueException {
    Config config = configuration.forService(stress ? stressed(row) : row);
    MailLog log = parts.logs().program(config, row.program());
    Cleanup cleanup =
        parts.cleanup().named(config.lookup("cleanup_service_name").orElse("cleanup"));
    Restrictions restrictions =
        Restrictions.open(config, parts.resolver(), names(config, log), parts.verifier(), log);
    return SmtpService.of(
        row.name(),
        config,
        new SmtpService.Surroundings(
            Optional.of(restrictions),
            Optional.of(new ClientNames(parts.names(), log)),
            Optional.of(ProbeSender.of(config, InstantSource.system())),
            addressCheck(parts.resolver(), AddressRewriter.local(config)),
            space,
            recipients,
            new QueueSink(
                parts.queue(),
                cleanup,
                parts.flush(),
                new TranscriptMail(config, parts.queue(), cleanup, InstantSource.system(), log),
                log),
            anvil),
        log);
  }

  /// What restrictions are told by the DNS: without what smtpd_dns_reply_filter drops.
  private NameService names(Config config, MailLog log) throws BadValueException {
    Parameter<String> parameter = SmtpdParameters.SMTPD_DNS_REPLY_FILTER;
    Maps tables =
        Maps.open(parameter.name(), config.get(parameter), TableContext.of(config, log::warning));
    return tables.isEmpty()
        ? parts.names()
        : parts.names().filtered(new RecordFilter(parameter.name(), tables, log));
  }

  private static MasterService stressed(MasterService row) {
    return row.withSettings(Map.of(SmtpdParameters.STRESS.name(), "yes"));
  }

  /// Postfix smtpd_check_addr: what the resolver cannot make sense of, and a domain that is not
  /// ASCII in mail that did not announce it.
  private static AddressCheck addressCheck(Resolver resolver, AddressRewriter rewriter) {
    return (sender, address, smtpUtf8) -> {
      String complete = rewriter.internal(address);
      if (complete.isEmpty()) {
        return false;
      }
      Route route =
          resolver.resolve(
              ReversePath.parse(sender.isEmpty() ? "" : rewriter.internal(sender)),
              EmailAddress.parse(complete));
      boolean broken =
          route.transport().equals("error") && route.nexthop().startsWith("5.1.3 bad address");
      return !broken && (smtpUtf8 || route.recipient().domain().chars().allMatch(c -> c < 0x80));
    };
  }

  /// Messages go into the queue.
  private record QueueSink(
      QueueStore queue,
      Cleanup cleanup,
      SmtpServer.SiteFlush flush,
      TranscriptMail postmaster,
      MailLog log)
      implements MessageSink {

    @Override
    public Delivery open(Session session) throws IOException {
      return new QueueDelivery(queue.begin(), cleanup);
    }

    @Override
    public Flush flush(String domain) {
      try {
        return flush.flush(domain) ? Flush.STARTED : Flush.DENIED;
      } catch (IOException e) {
        log.warning("flush: " + e.getMessage());
        return Flush.FAILED;
      }
    }

    @Override
    public void tell(Session session, Transcript.Excerpt excerpt, Optional<String> reason) {
      postmaster.send(session.label(), excerpt, reason);
    }
  }
}
