package org.jmail.network.rewrite;

import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How addresses are mapped and routed.
public final class RewriteParameters implements ParameterSet {

  public static final Parameter<Boolean> RESOLVE_DEQUOTED_ADDRESS =
      Parameter.bool(
          "resolve_dequoted_address",
          true,
          "Look for routing characters (@ % !) inside a quoted local part too. Turning this off"
              + " can make an open relay of a backup mail host.");

  public static final Parameter<Boolean> RESOLVE_NULL_DOMAIN =
      Parameter.bool(
          "resolve_null_domain", false, "Take an address that ends in @ as one without a domain.");

  public static final Parameter<Boolean> RESOLVE_NUMERIC_DOMAIN =
      Parameter.bool(
          "resolve_numeric_domain",
          false,
          "Take user@1.2.3.4 as user@[1.2.3.4] instead of refusing it.");

  public static final Parameter<String> EMPTY_ADDRESS_RECIPIENT =
      Parameter.required(
          "empty_address_recipient",
          "MAILER-DAEMON",
          "Who receives mail that is addressed to the empty address.");

  public static final Parameter<Boolean> ALLOW_MIN_USER =
      Parameter.bool(
          "allow_min_user",
          false,
          "Allow a recipient address that starts with a minus sign, which commands could take for"
              + " an option.");

  public static final Parameter<String> LOCAL_TRANSPORT =
      Parameter.required(
          "local_transport",
          "local:$myhostname",
          "The transport, and optionally :nexthop, of the domains in mydestination and of this"
              + " machine's addresses.");

  public static final Parameter<String> VIRTUAL_TRANSPORT =
      Parameter.required(
          "virtual_transport",
          "virtual",
          "The transport, and optionally :nexthop, of virtual_mailbox_domains.");

  public static final Parameter<String> RELAY_TRANSPORT =
      Parameter.required(
          "relay_transport", "relay", "The transport, and optionally :nexthop, of relay_domains.");

  public static final Parameter<String> DEFAULT_TRANSPORT =
      Parameter.required(
          "default_transport",
          "smtp",
          "The transport, and optionally :nexthop, of domains in no other class.");

  public static final Parameter<String> RELAYHOST =
      Parameter.text(
          "relayhost",
          "",
          "The host that all mail for elsewhere goes to; [host] without looking for its MX.");

  public static final Parameter<String> TRANSPORT_MAPS =
      Parameter.text(
          "transport_maps",
          "",
          "Tables from address or domain to transport:nexthop, before all other settings; see"
              + " transport(5).");

  public static final Parameter<String> RELOCATED_MAPS =
      Parameter.text(
          "relocated_maps", "", "Tables from old address to the words that tell the new one.");

  public static final Parameter<Boolean> RELOCATED_PREFIX_ENABLE =
      Parameter.bool(
          "relocated_prefix_enable",
          true,
          "Put \"5.1.6 User has moved to\" before the result of relocated_maps.");

  public static final Parameter<String> SENDER_DEPENDENT_RELAYHOST_MAPS =
      Parameter.text(
          "sender_dependent_relayhost_maps",
          "",
          "Tables from sender address or @domain to the host used instead of relayhost.");

  public static final Parameter<String> SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS =
      Parameter.text(
          "sender_dependent_default_transport_maps",
          "",
          "Tables from sender address or @domain to what is used instead of default_transport.");

  public static final Parameter<String> EMPTY_ADDRESS_RELAYHOST_MAPS_LOOKUP_KEY =
      Parameter.required(
          "empty_address_relayhost_maps_lookup_key",
          "<>",
          "The key for the empty sender in sender_dependent_relayhost_maps.");

  public static final Parameter<String> EMPTY_ADDRESS_DEFAULT_TRANSPORT_MAPS_LOOKUP_KEY =
      Parameter.required(
          "empty_address_default_transport_maps_lookup_key",
          "<>",
          "The key for the empty sender in sender_dependent_default_transport_maps.");

  public static final Parameter<String> VIRTUAL_ALIAS_DOMAINS =
      Parameter.text(
          "virtual_alias_domains",
          "$virtual_alias_maps",
          "Domains all of whose addresses are aliases in virtual_alias_maps; other addresses in"
              + " them are unknown.");

  public static final Parameter<String> VIRTUAL_MAILBOX_DOMAINS =
      Parameter.text(
          "virtual_mailbox_domains",
          "$virtual_mailbox_maps",
          "Domains that virtual_transport delivers.");

  public static final Parameter<String> RELAY_DOMAINS =
      Parameter.text(
          "relay_domains",
          "${{$compatibility_level} <level {2} ? {$mydestination} : {}}",
          "Domains, and domains below them, that this machine passes mail on for.");

  public static final Parameter<Boolean> HELPFUL_WARNINGS =
      Parameter.bool(
          "helpful_warnings", true, "Log a warning about settings that contradict each other.");

  public static final Parameter<Boolean> SHOW_USER_UNKNOWN_TABLE_NAME =
      Parameter.bool(
          "show_user_unknown_table_name",
          true,
          "Say in a refusal which table did not know the user.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        RESOLVE_DEQUOTED_ADDRESS,
        RESOLVE_NULL_DOMAIN,
        RESOLVE_NUMERIC_DOMAIN,
        EMPTY_ADDRESS_RECIPIENT,
        ALLOW_MIN_USER,
        LOCAL_TRANSPORT,
        VIRTUAL_TRANSPORT,
        RELAY_TRANSPORT,
        DEFAULT_TRANSPORT,
        RELAYHOST,
        TRANSPORT_MAPS,
        RELOCATED_MAPS,
        RELOCATED_PREFIX_ENABLE,
        SENDER_DEPENDENT_RELAYHOST_MAPS,
        SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS,
        EMPTY_ADDRESS_RELAYHOST_MAPS_LOOKUP_KEY,
        EMPTY_ADDRESS_DEFAULT_TRANSPORT_MAPS_LOOKUP_KEY,
        VIRTUAL_ALIAS_DOMAINS,
        VIRTUAL_MAILBOX_DOMAINS,
        RELAY_DOMAINS,
        HELPFUL_WARNINGS,
        SHOW_USER_UNKNOWN_TABLE_NAME);
  }
}
