package org.jmail.network.smtpd.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.table.MailAddressMaps;
import org.jmail.base.table.Maps;

/// Reads the restriction lists of a service before it starts: what is no restriction, or lacks its
/// argument, is a bad value of its parameter. What stands behind an unconditional `permit`,
/// `reject` or `defer` is never asked and not looked at.
final class RestrictionCheck {

  private static final List<Parameter<String>> LISTS =
      List.of(
          AccessParameters.SMTPD_CLIENT_RESTRICTIONS,
          AccessParameters.SMTPD_HELO_RESTRICTIONS,
          AccessParameters.SMTPD_SENDER_RESTRICTIONS,
          AccessParameters.SMTPD_RELAY_RESTRICTIONS,
          AccessParameters.SMTPD_RECIPIENT_RESTRICTIONS,
          AccessParameters.SMTPD_DATA_RESTRICTIONS,
          AccessParameters.SMTPD_END_OF_DATA_RESTRICTIONS,
          AccessParameters.SMTPD_ETRN_RESTRICTIONS);

  private final Config config;
  private final RestrictionParser parser;

  RestrictionCheck(Config config) throws BadValueException {
    this.config = config;
    this.parser =
        new RestrictionParser(
            new AccessTables(
                Maps::of,
                maps -> new MailAddressMaps(maps, AddressExtension.NONE, domain -> false),
                false),
            new PolicyServices(config, SilentLog.INSTANCE),
            Set.copyOf(config.get(AccessParameters.SMTPD_RESTRICTION_CLASSES)));
  }

  /// Reads them all.
  ///
  /// @throws BadValueException naming file, line and parameter of the first thing that is wrong
  void run() throws BadValueException {
    Map<String, List<Restriction>> classes = new HashMap<>();
    for (Map.Entry<String, String> each : RestrictionClasses.of(config).entrySet()) {
      classes.put(each.getKey(), checked(each.getKey(), each.getValue()));
    }
    for (Parameter<String> parameter : LISTS) {
      checked(parameter.name(), config.get(parameter));
    }
    RelaySafety.check(
        config,
        classes,
        parser.parse(config.get(AccessParameters.SMTPD_RELAY_RESTRICTIONS)),
        parser.parse(config.get(AccessParameters.SMTPD_RECIPIENT_RESTRICTIONS)));
  }

  private List<Restriction> checked(String parameter, String list) throws BadValueException {
    List<Restriction> restrictions = new ArrayList<>();
    boolean warnsOnly = false;
    for (Restriction restriction : parser.parse(list)) {
      restrictions.add(restriction);
      if (restriction instanceof BrokenRestriction(String complaint)) {
        throw config.refusal(parameter, complaint);
      }
      boolean last =
          restriction instanceof Permit
              || (!warnsOnly && (restriction instanceof Reject || restriction instanceof Defer));
      if (last) {
        break;
      }
      warnsOnly = restriction instanceof WarnIfReject;
    }
    return restrictions;
  }
}
