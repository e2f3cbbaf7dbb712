package org.jmail.base.routing;

import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;

/// The domains whose mail is delivered on this machine, to users and aliases: mydestination, and
/// this machine's addresses as literals (Postfix resolve_local.c).
///
/// @param destinations mydestination
/// @param addresses inet_interfaces and proxy_interfaces
public record LocalDomains(DomainList destinations, OwnAddresses addresses) {

  /// As the configuration says.
  ///
  /// @param warning takes what a table has to say
  public static LocalDomains open(Config config, Consumer<String> warning)
      throws BadValueException {
    MatchList destinations =
        MatchList.parse(
            BaseParameters.MYDESTINATION.name(),
            String.join(" ", config.get(BaseParameters.MYDESTINATION)),
            false,
            TableContext.of(config, warning));
    return new LocalDomains(destinations::matchesString, OwnAddresses.of(config));
  }

  /// Whether mail for a domain stays here; one dot at its end does not matter.
  public boolean contains(String domain) throws TableException {
    String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    if (name.isEmpty() || name.endsWith(".")) {
      return false;
    }
    return destinations.contains(name) || addresses.containsLiteral(name);
  }
}
