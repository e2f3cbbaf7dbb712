package org.jmail.command.postfix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jmail.base.config.MainCf;
import org.jmail.base.config.MasterCf;
import org.jmail.base.config.MasterService;
import org.jmail.base.config.ParameterCatalogue;
import org.jmail.base.config.PostfixParameters;
import org.jmail.base.config.Setting;

/// The settings of main.cf that nothing here acts on, and what that means: whoever brings a
/// configuration from a Postfix is told what of it he does without. No Postfix counterpart.
final class IgnoredParameters {

  /// What a family of names is for. The first that fits counts.
  ///
  /// @param even for names that a package declares: it reads them and can do nothing yet
  private record Meaning(Pattern names, boolean even, String text) {
    Meaning(String names, boolean even, String text) {
      this(Pattern.compile(names), even, text);
    }
  }

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
              "(readme|html|manpage|sample|shlib|meta|daemon|command|multi_instance)_directory(ies)?"
                  + "|(sendmail|newaliases|mailq)_path|proxy_(read|write)_maps|multi_instance_.*"
                  + "|debugger_command|ipc_.*|.*_service_name|max_(idle|use)|.*process_limit",
              false,
              "about programs and processes of Postfix, of which there are none here"));

  private static final String OTHERS = "jmail goes on as if they were not set";
  private static final String UNKNOWN =
      "neither jmail nor Postfix knows them, and no other setting uses them: perhaps misspelled";

  private static final Pattern WORDS = Pattern.compile("[\\s,]+");

  private IgnoredParameters() {}

  /// One line for what has the same meaning, each name with its line in the file.
  static List<String> complaints(MainCf main, MasterCf master) {
    Map<String, List<String>> byMeaning = new LinkedHashMap<>();
    main.settings()
        .forEach((name, setting) ->
            meaning(name, main, master)
                .ifPresent(text ->
                    byMeaning
                        .computeIfAbsent(text, none -> new ArrayList<>())
                        .add(name + " (line " + setting.line() + ")")));
    List<String> complaints = new ArrayList<>();
    byMeaning.forEach((text, names) ->
        complaints.add(
            main.file() + ": without effect: " + String.join(", ", names) + ": " + text));
    return complaints;
  }

  private static Optional<String> meaning(String name, MainCf main, MasterCf master) {
    boolean declared = ParameterCatalogue.declared().containsKey(name);
    boolean known = PostfixParameters.all().containsKey(name);
    for (Meaning meaning : MEANINGS) {
      if ((declared ? meaning.even() : known) && meaning.names().matcher(name).matches()) {
        return Optional.of(meaning.text());
      }
    }
    if (declared || isOfService(name, master)) {
      return Optional.empty();
    }
    if (known) {
      return Optional.of(OTHERS);
    }
    return isUsed(name, main, master) ? Optional.empty() : Optional.of(UNKNOWN);
  }

  /// Such as maildrop_destination_recipient_limit, for the row maildrop.
  private static boolean isOfService(String name, MasterCf master) {
    return master.services().stream().anyMatch(service -> name.startsWith(service.name() + "_"));
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
