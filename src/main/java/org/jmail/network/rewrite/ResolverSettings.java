package org.jmail.network.rewrite;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.routing.DomainList;
import org.jmail.base.routing.LocalDomains;
import org.jmail.base.table.TableParameters;

/// What [Resolver] reads from [RewriteParameters], but for tables.
record ResolverSettings(
    String myhostname,
    String emptyRecipient,
    boolean dequote,
    boolean nullDomain,
    boolean numericDomain,
    boolean minUser,
    boolean utf8,
    boolean namesTable,
    boolean relocatedPrefix,
    boolean helpfulWarnings,
    Transports transports) {

  /// Transport and optional nexthop of each class, and relayhost.
  record Transports(
      String local, String virtual, String relay, String standard, String relayhost) {}

  /// The domains of each class.
  record Lists(
      LocalDomains local, DomainList virtualAlias, DomainList virtualMailbox, DomainList relay) {}

  /// What says otherwise for single addresses.
  ///
  /// @param senderRelayhost and `senderTransport`: asked for the sender
  record Overrides(
      AddressLookup transport,
      AddressLookup relocated,
      AddressLookup senderRelayhost,
      AddressLookup senderTransport) {

    static final Overrides NONE =
        new Overrides(
            AddressLookup.NONE, AddressLookup.NONE, AddressLookup.NONE, AddressLookup.NONE);
  }

  static ResolverSettings of(Config config) throws BadValueException {
    return new ResolverSettings(
        config.get(BaseParameters.MYHOSTNAME),
        config.get(RewriteParameters.EMPTY_ADDRESS_RECIPIENT),
        config.get(RewriteParameters.RESOLVE_DEQUOTED_ADDRESS),
        config.get(RewriteParameters.RESOLVE_NULL_DOMAIN),
        config.get(RewriteParameters.RESOLVE_NUMERIC_DOMAIN),
        config.get(RewriteParameters.ALLOW_MIN_USER),
        config.get(TableParameters.SMTPUTF8_ENABLE),
        config.get(RewriteParameters.SHOW_USER_UNKNOWN_TABLE_NAME),
        config.get(RewriteParameters.RELOCATED_PREFIX_ENABLE),
        config.get(RewriteParameters.HELPFUL_WARNINGS),
        new Transports(
            config.get(RewriteParameters.LOCAL_TRANSPORT),
            config.get(RewriteParameters.VIRTUAL_TRANSPORT),
            config.get(RewriteParameters.RELAY_TRANSPORT),
            config.get(RewriteParameters.DEFAULT_TRANSPORT),
            config.get(RewriteParameters.RELAYHOST)));
  }
}
