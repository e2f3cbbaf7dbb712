package org.jmail.network.verify;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.config.Parameter;
import org.jmail.base.maillog.MailLog;
import org.jmail.network.rewrite.Resolver;

/// The way of address probes: that of ordinary mail, but for what address_verify_transport_maps and
/// its relatives say (Postfix resolve_verify in trivial-rewrite.c).
public final class VerifyRouting {

  private static final String SERVICE = "rewrite";
  private static final String PREFIX = "address_verify_";

  private static final List<Parameter<String>> INSTEAD =
      List.of(
          VerifyParameters.ADDRESS_VERIFY_TRANSPORT_MAPS,
          VerifyParameters.ADDRESS_VERIFY_LOCAL_TRANSPORT,
          VerifyParameters.ADDRESS_VERIFY_VIRTUAL_TRANSPORT,
          VerifyParameters.ADDRESS_VERIFY_RELAY_TRANSPORT,
          VerifyParameters.ADDRESS_VERIFY_DEFAULT_TRANSPORT,
          VerifyParameters.ADDRESS_VERIFY_RELAYHOST,
          VerifyParameters.ADDRESS_VERIFY_SENDER_DEPENDENT_RELAYHOST_MAPS,
          VerifyParameters.ADDRESS_VERIFY_SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS);

  private VerifyRouting() {}

  /// The resolver of probes.
  ///
  /// @param ordinary that of ordinary mail: also that of probes where nothing says otherwise
  public static Resolver resolver(Configuration configuration, Resolver ordinary, MailLog log)
      throws BadValueException {
    Config config = configuration.forService(SERVICE);
    Map<String, String> other = new LinkedHashMap<>();
    for (Parameter<String> parameter : INSTEAD) {
      String replaced = parameter.name().substring(PREFIX.length());
      String value = config.get(parameter);
      if (!value.equals(config.lookup(replaced).orElse(""))) {
        other.put(replaced, value.replace("$", "$$"));
      }
    }
    return other.isEmpty()
        ? ordinary
        : Resolver.open(configuration.forService(row(configuration).withSettings(other)), log);
  }

  private static MasterService row(Configuration configuration) {
    return configuration
        .master()
        .service(SERVICE)
        .orElseGet(() ->
            new MasterService(
                SERVICE,
                MasterService.Type.UNIX,
                true,
                true,
                false,
                Duration.ZERO,
                false,
                OptionalInt.empty(),
                "trivial-rewrite",
                List.of(),
                List.of(),
                Map.of(),
                configuration.master().file(),
                0));
  }
}
