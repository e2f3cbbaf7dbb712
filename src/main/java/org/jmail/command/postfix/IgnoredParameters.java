package org.jmail.command.postfix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jmail.base.config.MainCf;
import org.jmail.base.config.MasterCf;
import org.jmail.base.config.MasterService;
import org.jmail.base.config.ParameterCatalogue;
import org.jmail.base.config.PostfixParameters;
import org.jmail.base.config.Setting;

/// The settings of main.cf and master.cf that nothing here acts on, and what that means: whoever
/// brings a configuration from a Postfix is told what of it he does without. No Postfix
/// counterpart.
final class IgnoredParameters {

  /// What a family of names is for. The first that fits counts.
  ///
  /// @param even for names that a package declares: it reads them and can do nothing yet
  private record Meaning(Pattern names, boolean even, String text) {
    Meaning(String names, boolean even, String text) {
      this(Pattern.compile(names), even, text);
    }
  }

  /// What Postfix's queue manager knows beside that, after the name of a row or `default`.
  private static final String MEMORY_OF_A_ROW =
      "_(delivery_slot_(cost|loan|discount)|minimum_delivery_slots|(extra_)?recipient_limit"
          + "|recipient_refill_(limit|delay))";

  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning(
              "(smtpd|smtp|lmtp)_tls_.*|tls_.*|tlsproxy_.*|(smtpd|smtp|lmtp)_(use|enforce)_tls"
                  + "|smtpd_starttls_timeout|openssl_path",
              true,
              "TLS is not served yet, connections stay in clear text"),
          new Meaning(
              "(smtpd|smtp|lmtp|cyrus)_sasl_.*|broken_sasl_auth_clients",
              true,
              "nobody can log in yet (SASL)"),
          new Meaning(".*milter.*", false, "no milter is asked, mail passes without its judgement"),
          new Meaning(
              "(postscreen|dnsblog)_.*", false, "there is no postscreen, clients reach smtpd(8)"),
          new Meaning(
              "(smtp|lmtp|relay)_.*",
              false,
              "mail for other machines is not sent yet and waits in the queue"),
          new Meaning(
              "smtpd_proxy_.*",
              false,
              "no filter is asked before mail is taken, it passes without its judgement"),
          new Meaning("qmqpd_.*", false, "there is no QMQP server"),
          new Meaning(
              ".*_delivery_status_filter", false, "results of deliveries are recorded as they are"),
          new Meaning(
              ".+"
                  + MEMORY_OF_A_ROW
                  + "|qmgr_(clog_warn_time|daemon_timeout|fudge_factor|ipc_timeout"
                  + "|message_recipient_minimum)|in_flow_delay|hash_queue_.*",
              false,
              "about the queue files and memory of Postfix: the queue here has other bounds"),
          new Meaning(
              "(disable_dns_lookups|ignore_.*_lookup_error|.*_srv_lookup.*|best_mx_transport"
                  + "|fallback_relay|connection_cache_.*|requiretls_.*|dnssec_probe)",
              false,
              "mail for other machines is not sent yet and waits in the queue"),
          new Meaning(
              "(readme|html|manpage|sample|shlib|meta|daemon|command|multi_instance)_directory(ies)?"
                  + "|(sendmail|newaliases|mailq)_path|proxy_(read|write)_maps|multi_instance_.*"
                  + "|debugger_command|debug_peer_.*|ipc_.*|.*_service_name|max_(idle|use)|.*process_limit"
                  + "|(daemon|trigger|opts)_timeout|fork_.*|service_throttle_time|postmulti_.*"
                  + "|(berkeley_db|non_bdb)_.*|process_id_directory|alternate_config_directories"
                  + "|application_event_drain_time|fault_injection_code|dont_remove",
              false,
              "about programs and processes of Postfix, of which there are none here"));

  /// What every program of Postfix has places for, and jmail takes from where it is installed.
  private static final Set<String> PLACES =
      Set.of(
          "command_directory",
          "daemon_directory",
          "meta_directory",
          "sendmail_path",
          "newaliases_path",
          "mailq_path");

  /// Read by name where they are needed, and declared nowhere.
  private static final Set<String> ACTED_ON =
      Set.of(
          "address_verify_sender",
          "cleanup_service_name",
          "import_environment",
          "info_log_address_format",
          "known_tcp_ports",
          "parent_domain_matches_subdomains");

  /// What a row of master.cf has settings for, after its name.
  private static final Pattern OF_A_ROW =
      Pattern.compile(
          "_((initial_)?destination_concurrency(_[a-z_]+)?|destination_recipient_limit"
              + "|(destination|transport)_rate_delay|time_limit)");

  private static final String OTHERS = "jmail goes on as if they were not set";
  private static final String UNKNOWN =
      "neither jmail nor Postfix knows them, and no other setting uses them: perhaps misspelled";

  private static final Pattern MEMORY = Pattern.compile(MEMORY_OF_A_ROW);
  private static final Pattern WORDS = Pattern.compile("[\\s,]+");

  private IgnoredParameters() {}

  /// One line for what has the same meaning in one file, each name with its line.
  static List<String> complaints(MainCf main, MasterCf master) {
    Map<String, List<String>> inMain = new LinkedHashMap<>();
    main.settings()
        .forEach((name, setting) ->
            note(inMain, meaning(name, main, master), name + " (line " + setting.line() + ")"));
    Map<String, List<String>> inMaster = new LinkedHashMap<>();
    for (MasterService service : master.services()) {
      String row = service.name() + "/" + service.type().text();
      service
          .settings()
          .forEach((name, setting) ->
              note(
                  inMaster,
                  meaning(name, main, master),
                  "-o " + name + " (" + row + ", line " + setting.line() + ")"));
    }
    List<String> complaints = new ArrayList<>(lines(main.file(), inMain));
    complaints.addAll(lines(master.file(), inMaster));
    return complaints;
  }

  private static void note(
      Map<String, List<String>> byMeaning, Optional<String> meaning, String name) {
    meaning.ifPresent(text -> byMeaning.computeIfAbsent(text, none -> new ArrayList<>()).add(name));
  }

  private static List<String> lines(String file, Map<String, List<String>> byMeaning) {
    List<String> lines = new ArrayList<>();
    byMeaning.forEach((text, names) ->
        lines.add(file + ": without effect: " + String.join(", ", names) + ": " + text));
    return lines;
  }

  private static Optional<String> meaning(String name, MainCf main, MasterCf master) {
    if (ACTED_ON.contains(name)) {
      return Optional.empty();
    }
    boolean declared = ParameterCatalogue.declared().containsKey(name) && !PLACES.contains(name);
    boolean known = PostfixParameters.all().containsKey(name) || isOfRow(name, MEMORY, master);
    for (Meaning meaning : MEANINGS) {
      if ((declared ? meaning.even() : known) && meaning.names().matcher(name).matches()) {
        return Optional.of(meaning.text());
      }
    }
    if (declared || isOfRow(name, OF_A_ROW, master)) {
      return Optional.empty();
    }
    if (known) {
      return Optional.of(OTHERS);
    }
    return isUsed(name, main, master) ? Optional.empty() : Optional.of(UNKNOWN);
  }

  /// Such as maildrop_destination_recipient_limit, for the row maildrop.
  private static boolean isOfRow(String name, Pattern suffix, MasterCf master) {
    return master.services().stream()
        .anyMatch(service ->
            name.startsWith(service.name())
                && suffix.matcher(name.substring(service.name().length())).matches());
  }

  /// A name of the administrator's own: in another value, or before the settings of a table.
  private static boolean isUsed(String name, MainCf main, MasterCf master) {
    // With a $, or as a word: smtpd_restriction_classes names parameters so.
    Pattern use = Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
    List<String> texts = new ArrayList<>();
    main.settings().values().forEach(setting -> texts.add(setting.value()));
    for (MasterService service : master.services()) {
      texts.addAll(service.arguments());
      service.settings().values().stream().map(Setting::value).forEach(texts::add);
    }
    // ldap:NAME, mysql:NAME and the like have their settings in NAME_hosts, NAME_query, …
    return texts.stream().anyMatch(text -> use.matcher(text).find())
        || texts.stream().anyMatch(text -> isTableSetting(name, text));
  }

  private static boolean isTableSetting(String name, String text) {
    return WORDS
        .splitAsStream(text)
        .filter(word -> word.contains(":"))
        .map(word -> word.substring(word.lastIndexOf(':') + 1))
        .anyMatch(table -> !table.isEmpty() && name.startsWith(table + "_"));
  }
}
