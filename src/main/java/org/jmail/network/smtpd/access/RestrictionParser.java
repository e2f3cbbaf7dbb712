package org.jmail.network.smtpd.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jmail.base.config.BadValueException;

/// Reads restriction lists: every restriction by its name. What it cannot read becomes a
/// [BrokenRestriction], since a list that is asked must never accept by mistake. Used while lists
/// are read, by one thread; for the lists in table entries, which name no tables, by many.
final class RestrictionParser {

  private final AccessTables tables;
  private final PolicyServices policies;
  private final Set<String> classes;

  /// @param classes the names in smtpd_restriction_classes
  RestrictionParser(AccessTables tables, PolicyServices policies, Set<String> classes) {
    this.tables = tables;
    this.policies = policies;
    this.classes = Set.copyOf(classes);
  }

  /// The restrictions of a list, separated by commas and white space.
  List<Restriction> parse(String list) {
    Words words = new Words(list);
    List<Restriction> restrictions = new ArrayList<>();
    for (Optional<String> word = words.next(); word.isPresent(); word = words.next()) {
      restrictions.add(one(word.get(), words));
    }
    return List.copyOf(restrictions);
  }

  private Restriction one(String word, Words words) {
    if (word.indexOf(':') >= 0) {
      return new DefaultAccess(word, tables.table(word));
    }
    String name = word.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "warn_if_reject" -> new WarnIfReject();
      case "permit" -> new Permit(words.peek());
      case "reject" -> new Reject(words.peek());
      case "defer" -> new Defer(words.peek());
      case "defer_if_permit" -> new DeferIfPermit();
      case "defer_if_reject" -> new DeferIfReject();
      case "sleep" -> sleep(words);
      case "check_policy_service" -> policy(words);
      case "reject_plaintext_session" -> new RejectPlaintextSession();
      case "reject_unauth_pipelining" -> new RejectUnauthPipelining();
      case "reject_multi_recipient_bounce" -> new RejectMultiRecipientBounce();
      default -> client(name, word, words);
    };
  }

  private Restriction client(String name, String word, Words words) {
    return switch (name) {
      case "permit_inet_interfaces" -> new PermitInetInterfaces();
      case "permit_mynetworks" -> new PermitMynetworks();
      case "permit_sasl_authenticated" -> new PermitSaslAuthenticated();
      case "permit_tls_clientcerts" -> new PermitTlsClientcerts(false);
      case "permit_tls_all_clientcerts" -> new PermitTlsClientcerts(true);
      case "reject_unknown_client_hostname", "reject_unknown_client" ->
          new RejectUnknownClientHostname();
      case "reject_unknown_reverse_client_hostname" -> new RejectUnknownReverseClientHostname();
      case "reject_rbl_client", "reject_rbl" -> dnsList(name, words, RejectRblClient::new);
      case "reject_rhsbl_client" -> rhsbl(name, Party.CLIENT, words);
      case "reject_rhsbl_reverse_client" -> rhsbl(name, Party.REVERSE_CLIENT, words);
      case "permit_dnswl_client" ->
          dnsList(name, words, list -> new PermitDnswl(name, false, list));
      case "permit_rhswl_client" -> dnsList(name, words, list -> new PermitDnswl(name, true, list));
      case "check_client_access" -> table(name, words, CheckClientAccess::new);
      case "check_reverse_client_hostname_access" ->
          table(name, words, table -> new CheckReverseClientHostnameAccess(name, table));
      case "check_ccert_access" -> table(name, words, CheckCcertAccess::new);
      case "check_sasl_access" -> table(name, words, table -> new CheckSaslAccess(name, table));
      default -> helo(name, word, words);
    };
  }

  private Restriction helo(String name, String word, Words words) {
    return switch (name) {
      case "check_helo_access" -> table(name, words, CheckHeloAccess::new);
      case "reject_invalid_helo_hostname", "reject_invalid_hostname" ->
          new RejectInvalidHeloHostname();
      case "reject_unknown_helo_hostname", "reject_unknown_hostname" ->
          new RejectUnknownHeloHostname();
      case "reject_non_fqdn_helo_hostname", "reject_non_fqdn_hostname" ->
          new RejectNonFqdnHeloHostname();
      case "reject_rhsbl_helo" -> rhsbl(name, Party.HELO, words);
      default -> sender(name, word, words);
    };
  }

  private Restriction sender(String name, String word, Words words) {
    return switch (name) {
      case "check_sender_access" -> table(name, words, CheckSenderAccess::new);
      case "reject_unknown_sender_domain", "reject_unknown_address" ->
          new RejectUnknownDomain(Party.SENDER);
      case "reject_non_fqdn_sender" -> new RejectNonFqdnAddress(Party.SENDER);
      case "reject_unverified_sender" -> new RejectUnverified(Party.SENDER);
      case "reject_rhsbl_sender" -> rhsbl(name, Party.SENDER, words);
      case "reject_unlisted_sender" -> new RejectUnlisted(Party.SENDER);
      case "reject_authenticated_sender_login_mismatch" ->
          new SenderLogin(name, SenderLogin.Rule.AUTHENTICATED);
      case "reject_known_sender_login_mismatch" -> new SenderLogin(name, SenderLogin.Rule.KNOWN);
      case "reject_unauthenticated_sender_login_mismatch" ->
          new SenderLogin(name, SenderLogin.Rule.UNAUTHENTICATED);
      case "reject_sender_login_mismatch" -> new RejectSenderLoginMismatch();
      default -> recipient(name, word, words);
    };
  }

  private Restriction recipient(String name, String word, Words words) {
    return switch (name) {
      case "check_recipient_access" -> table(name, words, CheckRecipientAccess::new);
      case "check_etrn_access" -> table(name, words, CheckEtrnAccess::new);
      case "permit_auth_destination" -> new PermitAuthDestination();
      case "permit_mx_backup" -> new PermitMxBackup();
      case "reject_unauth_destination" -> new RejectUnauthDestination(false);
      case "defer_unauth_destination" -> new RejectUnauthDestination(true);
      case "reject_unknown_recipient_domain" -> new RejectUnknownDomain(Party.RECIPIENT);
      case "reject_non_fqdn_recipient" -> new RejectNonFqdnAddress(Party.RECIPIENT);
      case "reject_unverified_recipient" -> new RejectUnverified(Party.RECIPIENT);
      case "reject_rhsbl_recipient" -> rhsbl(name, Party.RECIPIENT, words);
      case "reject_unlisted_recipient", "check_recipient_maps" ->
          new RejectUnlisted(Party.RECIPIENT);
      default -> server(name, word, words);
    };
  }

  /// check_WHOSE_TYPE_access.
  private Restriction server(String name, String word, Words words) {
    for (Party party : Party.values()) {
      String prefix =
          switch (party) {
            case CLIENT -> "check_client_";
            case REVERSE_CLIENT -> "check_reverse_client_hostname_";
            case HELO -> "check_helo_";
            case SENDER -> "check_sender_";
            case RECIPIENT -> "check_recipient_";
          };
      for (CheckServerAccess.Type type : CheckServerAccess.Type.values()) {
        if (name.equals(prefix + type.name().toLowerCase(Locale.ROOT) + "_access")) {
          return table(name, words, table -> new CheckServerAccess(name, party, type, table));
        }
      }
    }
    return other(name, word);
  }

  private Restriction other(String name, String word) {
    return switch (name) {
      case "check_relay_domains" -> removed(name, "reject_unauth_destination");
      case "reject_maps_rbl" -> removed(name, "reject_rbl_client domain-name");
      case "permit_naked_ip_address" ->
          removed(name, "permit_mynetworks\" or \"permit_sasl_authenticated");
      default ->
          classes.contains(word)
              ? new ClassRestriction(word)
              : new BrokenRestriction("unknown smtpd restriction: \"" + word + "\"");
    };
  }

  private static Restriction removed(String name, String instead) {
    return new BrokenRestriction(
        "support for restriction \""
            + name
            + "\" has been removed in Postfix 3.9; instead, specify \""
            + instead
            + "\"");
  }

  private static Restriction sleep(Words words) {
    Optional<String> time = words.next();
    return time.filter(text -> text.matches("\\d{1,9}")).isPresent()
        ? new Sleep(Duration.ofSeconds(Integer.parseInt(time.get())))
        : new BrokenRestriction("restriction sleep must be followed by number");
  }

  private Restriction policy(Words words) {
    Optional<String> word = words.next();
    if (word.filter(text -> text.indexOf(':') >= 0).isEmpty()) {
      return new BrokenRestriction(
          "restriction check_policy_service must be followed by transport:server");
    }
    try {
      return new CheckPolicyService(policies.service(word.get()));
    } catch (BadValueException e) {
      return new BrokenRestriction("restriction check_policy_service: " + e.getMessage());
    }
  }

  private Restriction table(String name, Words words, Function<AccessTable, Restriction> maker) {
    Optional<String> word = words.next();
    return word.filter(text -> text.indexOf(':') >= 0).isPresent()
        ? maker.apply(tables.table(word.get()))
        : new BrokenRestriction(
            "restriction "
                + name
                + ": bad argument \""
                + word.orElse("(null)")
                + "\": need maptype:mapname");
  }

  private static Restriction rhsbl(String name, Party party, Words words) {
    return dnsList(name, words, list -> new RejectRhsbl(party, list));
  }

  private static Restriction dnsList(
      String name, Words words, Function<DnsList, Restriction> maker) {
    Optional<String> word = words.next();
    if (word.isEmpty()) {
      return new MissingArgument(name);
    }
    try {
      return maker.apply(DnsList.parse(word.get()));
    } catch (BadValueException e) {
      return new BrokenRestriction("restriction " + name + ": " + e.getMessage());
    }
  }
}
