package org.jmail.network.rewrite;

import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How addresses are mapped and routed.
public final class RewriteParameters implements ParameterSet {

  private static final List<String> ADDRESS_CLASSES =
      List.of("envelope_sender", "envelope_recipient", "header_sender", "header_recipient");

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

  public static final Parameter<String> CANONICAL_MAPS =
      Parameter.text(
          "canonical_maps",
          "",
          "Tables from address to the address that replaces it, in headers and envelopes; see"
              + " canonical(5).");

  public static final Parameter<String> SENDER_CANONICAL_MAPS =
      Parameter.text(
          "sender_canonical_maps", "", "The same for senders only, before canonical_maps.");

  public static final Parameter<String> RECIPIENT_CANONICAL_MAPS =
      Parameter.text(
          "recipient_canonical_maps", "", "The same for recipients only, before canonical_maps.");

  public static final Parameter<List<String>> CANONICAL_CLASSES =
      Parameter.words(
          "canonical_classes",
          "envelope_sender, envelope_recipient, header_sender, header_recipient",
          ADDRESS_CLASSES,
          "Where canonical_maps apply.");

  public static final Parameter<List<String>> SENDER_CANONICAL_CLASSES =
      Parameter.words(
          "sender_canonical_classes",
          "envelope_sender, header_sender",
          ADDRESS_CLASSES,
          "Where sender_canonical_maps apply.");

  public static final Parameter<List<String>> RECIPIENT_CANONICAL_CLASSES =
      Parameter.words(
          "recipient_canonical_classes",
          "envelope_recipient, header_recipient",
          ADDRESS_CLASSES,
          "Where recipient_canonical_maps apply.");

  public static final Parameter<List<String>> MASQUERADE_DOMAINS =
      Parameter.list(
          "masquerade_domains",
          "",
          "Domains whose hosts are hidden: user@host.domain becomes user@domain. The first entry"
              + " that fits counts; an exclamation mark means leave alone.");

  public static final Parameter<List<String>> MASQUERADE_CLASSES =
      Parameter.words(
          "masquerade_classes",
          "envelope_sender, header_sender, header_recipient",
          ADDRESS_CLASSES,
          "Where masquerade_domains apply.");

  public static final Parameter<String> MASQUERADE_EXCEPTIONS =
      Parameter.text("masquerade_exceptions", "", "Users whose host is never hidden.");

  public static final Parameter<List<String>> PROPAGATE_UNMATCHED_EXTENSIONS =
      Parameter.words(
          "propagate_unmatched_extensions",
          "canonical, virtual",
          List.of("canonical", "virtual", "alias", "forward", "include", "generic"),
          "Which tables keep an address extension that their entry does not name: canonical,"
              + " virtual, alias, forward, include, generic.");

  public static final Parameter<String> VIRTUAL_ALIAS_MAPS =
      Parameter.text(
          "virtual_alias_maps",
          "$virtual_maps",
          "Tables from recipient to the recipients that replace it, of any domain; see"
              + " virtual(5).");

  public static final Parameter<Long> VIRTUAL_ALIAS_EXPANSION_LIMIT =
      Parameter.number(
          "virtual_alias_expansion_limit",
          "1000",
          1,
          0,
          "The most recipients that one may become by virtual aliases.");

  public static final Parameter<Long> VIRTUAL_ALIAS_RECURSION_LIMIT =
      Parameter.number(
          "virtual_alias_recursion_limit",
          "1000",
          1,
          0,
          "The most virtual aliases that may lead to one another.");

  public static final Parameter<Long> VIRTUAL_ALIAS_ADDRESS_LENGTH_LIMIT =
      Parameter.number(
          "virtual_alias_address_length_limit",
          "1000",
          1,
          0,
          "The longest address that a virtual alias may give.");

  public static final Parameter<Long> HEADER_ADDRESS_TOKEN_LIMIT =
      Parameter.number(
          "header_address_token_limit",
          "10240",
          1,
          0,
          "How many words and signs of one header with addresses are read; the rest of it is lost"
              + " when its addresses are rewritten.");

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
        CANONICAL_MAPS,
        SENDER_CANONICAL_MAPS,
        RECIPIENT_CANONICAL_MAPS,
        CANONICAL_CLASSES,
        SENDER_CANONICAL_CLASSES,
        RECIPIENT_CANONICAL_CLASSES,
        MASQUERADE_DOMAINS,
        MASQUERADE_CLASSES,
        MASQUERADE_EXCEPTIONS,
        PROPAGATE_UNMATCHED_EXTENSIONS,
        VIRTUAL_ALIAS_MAPS,
        VIRTUAL_ALIAS_EXPANSION_LIMIT,
        VIRTUAL_ALIAS_RECURSION_LIMIT,
        VIRTUAL_ALIAS_ADDRESS_LENGTH_LIMIT,
        HEADER_ADDRESS_TOKEN_LIMIT,
        HELPFUL_WARNINGS,
        SHOW_USER_UNKNOWN_TABLE_NAME);
  }
}
