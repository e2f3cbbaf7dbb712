package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.Setting;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.OwnAddresses;
import org.jmail.base.table.Maps;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.network.dns.NameService;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.rewrite.RewriteTables;
import org.jmail.network.verify.AddressVerifier;

/// Reads the restriction lists of a service, once, and opens their tables (Postfix
/// smtpd_check_init). Confined to one thread.
final class RestrictionReader {

  private final Config config;
  private final Resolver resolver;
  private final NameService names;
  private final AddressVerifier verifier;
  private final MailLog log;
  private final TableContext context;
  private final RewriteTables rewriting;
  private final AccessTables tables;
  private final PolicyServices policies;
  private final RestrictionParser parser;
  private final List<AutoCloseable> owned = new ArrayList<>();

  RestrictionReader(
      Config config, Resolver resolver, NameService names, AddressVerifier verifier, MailLog log)
      throws BadValueException {
    this.config = config;
    this.verifier = verifier;
    this.resolver = resolver;
    this.names = names;
    this.log = log;
    this.context = TableContext.of(config, log::warning);
    this.rewriting = RewriteTables.open(config, log::warning);
    this.tables =
        new AccessTables(
            name -> Maps.open(name, List.of(name), context),
            rewriting::addressMaps,
            rewriting.matchesParents("smtpd_access_maps"));
    this.policies = new PolicyServices(config, log);
    this.parser =
        new RestrictionParser(
            tables, policies, Set.copyOf(config.get(AccessParameters.SMTPD_RESTRICTION_CLASSES)));
    owned.add(rewriting);
    owned.add(tables);
    owned.add(policies);
  }

  Restrictions read() throws BadValueException {
    Map<String, List<Restriction>> classes = classes();
    RestrictionLists lists = lists(classes);
    return new Restrictions(rules(classes), lists);
  }

  private Rules rules(Map<String, List<Restriction>> classes) throws BadValueException {
    return new Rules(
        AccessSettings.of(config),
        new AccessLog(internalAddresses()),
        log,
        new AddressResolution(resolver, rewriting.rewriter()),
        names,
        parser,
        networks(),
        matchList(AccessParameters.SMTPD_LOG_ACCESS_PERMIT_ACTIONS),
        users(),
        rewriting.addressMaps(maps(UserParameters.SMTPD_SENDER_LOGIN_MAPS.name())),
        maps(UserParameters.RELAY_CLIENTCERTS.name()),
        new DnsListCache(names, log, InstantSource.system()),
        new DnsListReply(
            maps(DnsListParameters.RBL_REPLY_MAPS.name()),
            config.get(DnsListParameters.DEFAULT_RBL_REPLY),
            Escapes.resolve(config.get(DnsListParameters.SMTPD_EXPANSION_FILTER))),
        VerifyUse.of(config, verifier),
        classes,
        List.copyOf(owned));
  }

  private Rules.Networks networks() throws BadValueException {
    return new Rules.Networks(
        matchList(BaseParameters.MYNETWORKS),
        matchList(UserParameters.PERMIT_MX_BACKUP_NETWORKS),
        withoutProxies(rewriting.localDomains().addresses()),
        rewriting.localDomains());
  }

  /// inet_interfaces alone: a client at the address of a proxy is not this machine.
  private static OwnAddresses withoutProxies(OwnAddresses all) {
    Set<InetAddress> own = new HashSet<>();
    for (InetAddress address : all.addresses()) {
      try {
        if (NetworkInterface.getByInetAddress(address) != null) {
          own.add(address);
        }
      } catch (SocketException e) {
        // an address that cannot be looked at is not taken for ours
      }
    }
    return new OwnAddresses(own);
  }

  private UserTables users() throws BadValueException {
    return new UserTables(
        table("recipient_canonical_maps"),
        table("sender_canonical_maps"),
        table("canonical_maps"),
        table("virtual_alias_maps"),
        table(UserParameters.LOCAL_RECIPIENT_MAPS.name()),
        table("virtual_mailbox_maps"),
        table(UserParameters.RELAY_RECIPIENT_MAPS.name()),
        text("double_bounce_sender"),
        text("show_user_unknown_table_name").equals("yes"),
        List.of(text("receive_override_options").split("[\\s,]+", -1))
            .contains("no_unknown_recipient_checks"));
  }

  private UserTables.Table table(String parameter) throws BadValueException {
    Maps maps = maps(parameter);
    return new UserTables.Table(rewriting.addressMaps(maps), !maps.isEmpty());
  }

  private Maps maps(String parameter) throws BadValueException {
    Maps maps = Maps.open(parameter, text(parameter), context);
    owned.add(maps);
    return maps;
  }

  /// A parameter that another package declares.
  private String text(String parameter) throws BadValueException {
    return config.lookup(parameter).orElse("");
  }

  private MatchList matchList(Parameter<List<String>> parameter) throws BadValueException {
    MatchList list =
        MatchList.parse(
            parameter.name(),
            String.join(" ", config.get(parameter)),
            rewriting.matchesParents(parameter.name()),
            context);
    owned.add(list);
    return list;
  }

  private RestrictionLists lists(Map<String, List<Restriction>> classes) throws BadValueException {
    List<Restriction> relay = list(AccessParameters.SMTPD_RELAY_RESTRICTIONS);
    List<Restriction> recipient = list(AccessParameters.SMTPD_RECIPIENT_RESTRICTIONS);
    if (!RelaySafety.check(config, classes, relay, recipient)) {
      log.info("using smtpd_relay_restrictions = " + RelaySafety.DEFAULT);
      relay = parser.parse(RelaySafety.DEFAULT);
    }
    return new RestrictionLists(
        list(AccessParameters.SMTPD_CLIENT_RESTRICTIONS),
        list(AccessParameters.SMTPD_HELO_RESTRICTIONS),
        list(AccessParameters.SMTPD_SENDER_RESTRICTIONS),
        relay,
        recipient,
        list(AccessParameters.SMTPD_DATA_RESTRICTIONS),
        list(AccessParameters.SMTPD_END_OF_DATA_RESTRICTIONS),
        list(AccessParameters.SMTPD_ETRN_RESTRICTIONS));
  }

  private Map<String, List<Restriction>> classes() throws BadValueException {
    Map<String, List<Restriction>> classes = new HashMap<>();
    RestrictionClasses.of(config).forEach((name, list) -> classes.put(name, parsed(name, list)));
    return Map.copyOf(classes);
  }

  private List<Restriction> list(Parameter<String> parameter) throws BadValueException {
    return parsed(parameter.name(), config.get(parameter));
  }

  private List<Restriction> parsed(String parameter, String list) {
    List<Restriction> restrictions = parser.parse(list);
    for (Restriction restriction : restrictions) {
      if (restriction instanceof BrokenRestriction(String complaint)) {
        log.warning(place(parameter) + parameter + ": " + complaint);
      }
    }
    return restrictions;
  }

  private String place(String parameter) {
    return config.setting(parameter).map(Setting::where).map(where -> where + ": ").orElse("");
  }

  private boolean internalAddresses() throws BadValueException {
    String format = config.lookup("info_log_address_format").orElse("external");
    return switch (format) {
      case "external" -> false;
      case "internal" -> true;
      default ->
          throw new BadValueException(
              place("info_log_address_format")
                  + "invalid parameter setting \"info_log_address_format = "
                  + format
                  + "\": specify external or internal");
    };
  }
}
