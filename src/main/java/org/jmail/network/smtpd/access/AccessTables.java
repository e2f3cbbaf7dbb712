package org.jmail.network.smtpd.access;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jmail.base.table.MailAddressMaps;
import org.jmail.base.table.MailAddressMaps.Step;
import org.jmail.base.table.Maps;

/// The tables that restriction lists name, each opened once. Used while lists are read, by one
/// thread; the tables themselves by many.
final class AccessTables implements AutoCloseable {
  private final Function<Maps, MailAddressMaps> addresses;
  private final Function<String, Maps> opener;
  private final boolean parentDomains;
  private final Set<Step> steps;
  private final Map<String, AccessTable> open = new HashMap<>();

  /// @param opener makes a table of `type:name`
  /// @param addresses looks mail addresses up in tables
  /// @param parentDomains whether `example.com` stands for its subdomains
  AccessTables(
      Function<String, Maps> opener,
      Function<Maps, MailAddressMaps> addresses,
      boolean parentDomains) {
    this.opener = opener;
    this.addresses = addresses;
    this.parentDomains = parentDomains;
    this.steps =
        Set.copyOf(
            EnumSet.of(
                Step.FULL,
                Step.WITHOUT_EXTENSION,
                Step.DOMAIN,
                Step.LOCAL_PART_AT,
                parentDomains ? Step.PARENT_DOMAINS : Step.DOT_PARENT_DOMAINS));
  }

  /// A table `type:name`. One that cannot be opened fails the requests that ask it.
  AccessTable table(String typeAndName) {
    return open.computeIfAbsent(
        typeAndName,
        name -> {
          Maps maps = opener.apply(name);
          return new AccessTable(name, maps, addresses.apply(maps), steps, parentDomains);
        });
  }

  @Override
  public void close() {
    open.values().forEach(table -> table.maps().close());
  }
}
