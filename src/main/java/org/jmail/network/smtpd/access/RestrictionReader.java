package org.jmail.network.smtpd.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.Setting;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.network.dns.NameService;
import org.jmail.network.rewrite.Resolver;

/// Reads the restriction lists of a service, once, and opens their tables (Postfix
/// smtpd_check_init). Confined to one thread.
final class RestrictionReader {

  private static final String SAFE_RELAY =
      "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination";

  private final Config config;
  private final Resolver resolver;
  private final NameService names;
  private final MailLog log;
  private final TableContext context;
  private final AccessTables tables;
  private final RestrictionParser parser;

  RestrictionReader(Config config, Resolver resolver, NameService names, MailLog log)
      throws BadValueException {
    this.config = config;
    this.resolver = resolver;
    this.names = names;
    this.log = log;
    this.context = TableContext.of(config, log::warning);
    this.tables = new AccessTables(context);
    this.parser =
        new RestrictionParser(Set.copyOf(config.get(AccessParameters.SMTPD_RESTRICTION_CLASSES)));
  }

  Restrictions read() throws BadValueException {
    Map<String, List<Restriction>> classes = classes();
    RestrictionLists lists = lists(classes);
    Rules rules =
        new Rules(
            AccessSettings.of(config),
            new AccessLog(internalAddresses()),
            log,
            new AddressResolution(resolver, AddressRewriter.local(config)),
            names,
            parser,
            tables,
            hosts(BaseParameters.MYNETWORKS),
            MatchList.parse(
                AccessParameters.SMTPD_LOG_ACCESS_PERMIT_ACTIONS.name(),
                String.join(" ", config.get(AccessParameters.SMTPD_LOG_ACCESS_PERMIT_ACTIONS)),
                false,
                context),
            classes);
    return new Restrictions(rules, lists);
  }

  private RestrictionLists lists(Map<String, List<Restriction>> classes) throws BadValueException {
    List<Restriction> relay = list(AccessParameters.SMTPD_RELAY_RESTRICTIONS);
    List<Restriction> recipient = list(AccessParameters.SMTPD_RECIPIENT_RESTRICTIONS);
    RelaySafety safety = new RelaySafety(classes);
    if (!safety.holds(recipient) && !safety.holds(relay)) {
      relay = safeRelay();
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

  /// What counts when nothing is said: at compatibility level 0 the default of
  /// smtpd_relay_restrictions is empty, and Postfix does not run so.
  private List<Restriction> safeRelay() throws BadValueException {
    if (config.setting(AccessParameters.SMTPD_RELAY_RESTRICTIONS.name()).isPresent()
        || config.setting(AccessParameters.SMTPD_RECIPIENT_RESTRICTIONS.name()).isPresent()) {
      throw new BadValueException(
          place(AccessParameters.SMTPD_RELAY_RESTRICTIONS.name())
              + "in parameter smtpd_relay_restrictions or smtpd_recipient_restrictions, specify at"
              + " least one working instance of: reject_unauth_destination,"
              + " defer_unauth_destination, reject, defer, defer_if_permit or"
              + " check_relay_domains");
    }
    return parser.parse(SAFE_RELAY);
  }

  private Map<String, List<Restriction>> classes() throws BadValueException {
    Map<String, List<Restriction>> classes = new HashMap<>();
    for (String name : config.get(AccessParameters.SMTPD_RESTRICTION_CLASSES)) {
      String list = config.lookup(name).orElse("");
      if (list.isEmpty()) {
        throw new BadValueException(
            place(AccessParameters.SMTPD_RESTRICTION_CLASSES.name())
                + "restriction class `"
                + name
                + "' needs a definition");
      }
      classes.put(name, parsed(name, list));
    }
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

  private MatchList hosts(Parameter<List<String>> parameter) throws BadValueException {
    return MatchList.parse(
        parameter.name(),
        String.join(" ", config.get(parameter)),
        matchesParents(parameter.name()),
        context);
  }

  private boolean matchesParents(String parameter) throws BadValueException {
    String names = config.lookup("parent_domain_matches_subdomains").orElse("");
    return List.of(names.split("[\\s,]+", -1)).contains(parameter);
  }
}
