package org.jmail.network.rewrite;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.dsn.StatusCode;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.routing.DomainList;
import org.jmail.base.table.TableException;
import org.jmail.network.rewrite.Route.DomainClass;

/// Chooses transport, nexthop and final address of a recipient (Postfix resolve.c, transport.c): by
/// the class of its domain, then by transport_maps, and relocated_maps last. Safe for use by many
/// threads.
public final class Resolver {

  private static final int LOOP_EXTRA = 100;

  private final ResolverSettings settings;
  private final ResolverSettings.Lists lists;
  private final ResolverSettings.Overrides overrides;
  private final AddressRewriter rewriter;
  private final MailLog log;
  private final RecentRoutes recent = new RecentRoutes();

  /// @param rewriter of the local context
  Resolver(
      ResolverSettings settings,
      ResolverSettings.Lists lists,
      ResolverSettings.Overrides overrides,
      AddressRewriter rewriter,
      MailLog log) {
    this.settings = settings;
    this.lists = lists;
    this.overrides = overrides;
    this.rewriter = rewriter;
    this.log = log;
  }

  /// As the configuration says.
  public static Resolver open(Config config, MailLog log) throws BadValueException {
    RewriteTables tables = RewriteTables.open(config, log::warning);
    Resolver resolver =
        new Resolver(
            ResolverSettings.of(config),
            new ResolverSettings.Lists(
                tables.localDomains(),
                tables.list(RewriteParameters.VIRTUAL_ALIAS_DOMAINS, false),
                tables.list(RewriteParameters.VIRTUAL_MAILBOX_DOMAINS, false),
                tables.list(RewriteParameters.RELAY_DOMAINS, true)),
            new ResolverSettings.Overrides(
                tables.transport(),
                tables.lookup(RewriteParameters.RELOCATED_MAPS),
                tables.senderLookup(
                    RewriteParameters.SENDER_DEPENDENT_RELAYHOST_MAPS,
                    RewriteParameters.EMPTY_ADDRESS_RELAYHOST_MAPS_LOOKUP_KEY),
                tables.senderLookup(
                    RewriteParameters.SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS,
                    RewriteParameters.EMPTY_ADDRESS_DEFAULT_TRANSPORT_MAPS_LOOKUP_KEY)),
            tables.rewriter(),
            log);
    tables.closeAfter(resolver);
    return resolver;
  }

  /// Where a recipient goes, by tables that were read within the last tenth of a second. What
  /// cannot be delivered goes to the transport `error`, with status code and reason as its nexthop.
  ///
  /// @throws TableException when a table cannot tell: try again later
  public Route resolve(ReversePath sender, EmailAddress recipient) throws TableException {
    try {
      Optional<Route> known = recent.find(sender, recipient);
      Route route = known.isPresent() ? known.get() : route(sender, recipient);
      if (known.isEmpty()) {
        recent.add(sender, recipient, route);
      }
      return route;
    } finally {
      Reference.reachabilityFence(this); // the tables are closed after it
    }
  }

  private Route route(ReversePath sender, EmailAddress recipient) throws TableException {
    String given = recipient.toString();
    LocalDomainStripper.Result stripped =
        new LocalDomainStripper(settings, lists, rewriter, given).run(given.length() + LOOP_EXTRA);
    String address = stripped.address();
    boolean local = stripped.local();
    String domain = address.substring(address.lastIndexOf('@') + 1);
    if (settings.numericDomain() && !domain.startsWith("[") && DomainSyntax.isBareAddress(domain)) {
      domain = "[" + domain + "]";
      address = address.substring(0, address.lastIndexOf('@') + 1) + domain;
      local |= lists.local().contains(domain);
    }
    boolean valid =
        domain.startsWith("[")
            ? DomainSyntax.isLiteral(domain)
            : DomainSyntax.isName(domain, settings.utf8());
    if (!valid || (address.startsWith("-") && !settings.minUser())) {
      return error(recipient, DomainClass.DEFAULT, "5.1.3 bad address syntax");
    }
    EmailAddress target = EmailAddress.parse(address);
    DomainClass domainClass = local ? DomainClass.LOCAL : domainClass(domain);
    if (settings.helpfulWarnings()) {
      warnIfListedTwice(domain, domainClass);
    }
    Route route = byClass(sender, target, domain, domainClass);
    if (domainClass != DomainClass.VIRTUAL_ALIAS) {
      Optional<String> entry = overrides.transport().find(address);
      if (entry.isPresent()) {
        route = overridden(route, entry.get(), domain);
      }
    }
    Optional<String> moved = overrides.relocated().find(address);
    return moved.isPresent() ? error(target, domainClass, relocated(moved.get())) : route;
  }

  /// The class of a domain. When it is in several lists, the first in the order of this method
  /// counts.
  public DomainClass domainClass(String domain) throws TableException {
    try {
      return classOf(domain);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private DomainClass classOf(String domain) throws TableException {
    if (lists.local().contains(domain)) {
      return DomainClass.LOCAL;
    }
    if (lists.virtualAlias().contains(domain)) {
      return DomainClass.VIRTUAL_ALIAS;
    }
    if (lists.virtualMailbox().contains(domain)) {
      return DomainClass.VIRTUAL_MAILBOX;
    }
    return lists.relay().contains(domain) ? DomainClass.RELAY : DomainClass.DEFAULT;
  }

  /// Which of two lists counts is a matter of order, and surely not what was meant.
  private void warnIfListedTwice(String domain, DomainClass domainClass) throws TableException {
    List<Listed> all =
        List.of(
            new Listed(DomainClass.LOCAL, "mydestination", lists.local()::contains),
            new Listed(DomainClass.VIRTUAL_ALIAS, "virtual_alias_domains", lists.virtualAlias()),
            new Listed(
                DomainClass.VIRTUAL_MAILBOX, "virtual_mailbox_domains", lists.virtualMailbox()),
            new Listed(DomainClass.RELAY, "relay_domains", lists.relay()));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).domainClass() == domainClass) {
        for (Listed other : all.subList(i + 1, all.size())) {
          // relay_domains is $mydestination by default below level 2
          boolean usual = domainClass == DomainClass.LOCAL && other.name().equals("relay_domains");
          if (!usual && other.list().contains(domain)) {
            log.warning(
                "do not list domain %s in BOTH %s and %s"
                    .formatted(domain, all.get(i).name(), other.name()));
          }
        }
      }
    }
  }

  private record Listed(DomainClass domainClass, String name, DomainList list) {}

  private Route byClass(
      ReversePath sender, EmailAddress target, String domain, DomainClass domainClass)
      throws TableException {
    ResolverSettings.Transports transports = settings.transports();
    return switch (domainClass) {
      case LOCAL -> route(transports.local(), domain, target, domainClass);
      case VIRTUAL_MAILBOX -> route(transports.virtual(), domain, target, domainClass);
      case RELAY -> route(transports.relay(), nexthop(sender, domain), target, domainClass);
      case DEFAULT ->
          route(standardTransport(sender), nexthop(sender, domain), target, domainClass);
      case VIRTUAL_ALIAS ->
          error(
              target,
              domainClass,
              "5.1.1 User unknown" + (settings.namesTable() ? " in virtual alias table" : ""));
    };
  }

  private String standardTransport(ReversePath sender) throws TableException {
    Optional<String> found = overrides.senderTransport().find(sender.toString());
    if (found.filter(String::isEmpty).isPresent()) {
      log.warning(
          "sender_dependent_default_transport_maps: ignoring null lookup result for " + sender);
    }
    return found
        .filter(transport -> !transport.isEmpty() && !transport.equalsIgnoreCase("DUNNO"))
        .orElse(settings.transports().standard());
  }

  private String nexthop(ReversePath sender, String domain) throws TableException {
    Optional<String> found = overrides.senderRelayhost().find(sender.toString());
    if (found.filter(String::isEmpty).isPresent()) {
      log.warning("sender_dependent_relayhost_maps: ignoring null lookup result for " + sender);
    }
    String relayhost = settings.transports().relayhost();
    return found
        .filter(host -> !host.isEmpty() && !host.equalsIgnoreCase("DUNNO"))
        .orElse(relayhost.isEmpty() ? domain : relayhost);
  }

  /// `transport:nexthop` of a parameter; without a nexthop the one given counts.
  private static Route route(
      String setting, String nexthop, EmailAddress target, DomainClass domainClass)
      throws TableException {
    int colon = setting.indexOf(':');
    String transport = colon < 0 ? setting : setting.substring(0, colon);
    String explicit = colon < 0 ? "" : setting.substring(colon + 1);
    if (transport.isEmpty()) {
      throw new TableException(
          "the transport of \"" + setting + "\" is empty: correct main.cf (*_transport)");
    }
    return new Route(transport, explicit.isEmpty() ? nexthop : explicit, target, domainClass);
  }

  /// `transport:nexthop` of transport_maps, either part may be empty: no transport leaves it, no
  /// nexthop means the domain.
  private static Route overridden(Route route, String entry, String domain) {
    int colon = entry.indexOf(':');
    String transport = colon < 0 ? entry : entry.substring(0, colon);
    String nexthop = colon < 0 ? "" : entry.substring(colon + 1);
    if (nexthop.isEmpty()) {
      boolean reason = transport.equals("error") || transport.equals("retry");
      nexthop =
          transport.isEmpty() ? route.nexthop() : reason ? "Address is undeliverable" : domain;
    }
    return new Route(
        transport.isEmpty() ? route.transport() : transport,
        nexthop,
        route.recipient(),
        route.domainClass());
  }

  private String relocated(String entry) {
    if (settings.relocatedPrefix()) {
      return "5.1.6 User has moved to " + entry;
    }
    int blank = entry.indexOf(' ');
    if (blank > 0 && StatusCode.parse(entry.substring(0, blank)).isPresent()) {
      return entry;
    }
    log.warning("relocated_maps result must contain RFC 3463 status and text: '" + entry + "'");
    return "5.2.0 Mailbox is unavailable";
  }

  private static Route error(EmailAddress target, DomainClass domainClass, String reason) {
    return new Route("error", reason, target, domainClass);
  }
}
