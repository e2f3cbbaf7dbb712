package org.jmail.base.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever the parameter, a value that it cannot have is refused when the configuration is taken,
/// in one line that names file, line and parameter.
final class BadValuesTest {

  private static final Path FOLDER = Path.of("/etc/postfix");

  private static final Map<Parameter.Kind, List<String>> BAD =
      Map.of(
          Parameter.Kind.BOOLEAN, List.of("maybe", "1", "true", "", "yes no"),
          Parameter.Kind.NUMBER,
              List.of("ten", "", "1k", "1.5", "0x10", "99999999999999999999", "1 2"),
          Parameter.Kind.TIME, List.of("soon", "", "5y", "-1", "1.5h", "99999999999s", "4000w"));

  private static Configuration configuration(String name, String value) throws BadValueException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("test_first_line", "x");
    settings.put(name, value);
    return configuration(settings, "");
  }

  /// With a user and a group that every machine has, and root's check of them asks for.
  private static Configuration configuration(Map<String, String> settings, String masterCf)
      throws BadValueException {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putIfAbsent("mail_owner", "daemon");
    all.putIfAbsent("setgid_group", "tty");
    return TestConfig.configuration(FOLDER, all, masterCf);
  }

  private static String refusal(String name, String value) {
    return assertThrows(
            BadValueException.class,
            () -> configuration(name, value).check(),
            () -> name + " = " + value + " is taken")
        .getMessage();
  }

  private static List<String> notRefused(String name, List<String> values) {
    List<String> taken = new ArrayList<>();
    for (String value : values) {
      try {
        configuration(name, value).check();
        taken.add(name + " = " + value + " is taken");
      } catch (BadValueException e) {
        String message = e.getMessage();
        if (!message.startsWith("/etc/postfix/main.cf, line 2: ")
            || !message.contains(name)
            || message.indexOf('\n') >= 0) {
          taken.add(name + " = " + value + ": " + message);
        }
      }
    }
    return taken;
  }

  @Test
  void noDeclaredParameterTakesWhatItsKindCannotBe() {
    List<String> taken = new ArrayList<>();
    ParameterCatalogue.declared()
        .forEach((name, parameter) ->
            taken.addAll(notRefused(name, BAD.getOrDefault(parameter.kind(), List.of()))));
    assertEquals(List.of(), taken);
  }

  @Test
  void noDeclaredParameterTakesALoopOrABrokenReference() {
    List<String> taken = new ArrayList<>();
    ParameterCatalogue.declared()
        .forEach((name, parameter) -> {
          if (parameter.kind() != Parameter.Kind.RAW) {
            taken.addAll(notRefused(name, List.of("${" + name, "$" + name, "${{a} =~ {b}?x}")));
          }
        });
    assertEquals(List.of(), taken);
  }

  @Test
  void noParameterThatOnlyPostfixActsOnTakesWhatItsKindCannotBe() {
    List<String> taken = new ArrayList<>();
    PostfixParameters.all()
        .forEach((name, fact) -> {
          List<String> bad =
              switch (fact.kind()) {
                case "bool", "nbool" -> BAD.get(Parameter.Kind.BOOLEAN);
                case "int", "nint", "long" -> BAD.get(Parameter.Kind.NUMBER);
                case "time" -> BAD.get(Parameter.Kind.TIME);
                default -> List.of();
              };
          taken.addAll(notRefused(name, List.copyOf(bad)));
        });
    assertEquals(List.of(), taken);
  }

  @Test
  void numbersThatAreIntegersInPostfixEndWhereIntegersDo() {
    List<String> taken = new ArrayList<>();
    PostfixParameters.all()
        .forEach((name, fact) -> {
          if (fact.kind().equals("int") || fact.kind().equals("nint")) {
            taken.addAll(notRefused(name, List.of("2147483648")));
          }
        });
    assertEquals(List.of(), taken);
    assertDoesNotThrow(() ->
        configuration(Map.of("message_size_limit", "4294967296", "mailbox_size_limit", "0"), "")
            .check());
  }

  @Test
  void aTransportsOwnLimitIsReadAsTheDefaultItReplaces() {
    assertEquals(
        "/etc/postfix/main.cf, line 2: bad numerical configuration (specify a whole number):"
            + " slow_destination_concurrency_limit = many",
        refusal("slow_destination_concurrency_limit", "many"));
    assertTrue(
        refusal("slow_destination_rate_delay", "often").contains("slow_destination_rate_delay"));
    assertTrue(
        refusal("slow_initial_destination_concurrency", "0")
            .contains("slow_initial_destination_concurrency = 0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inet_protocols|ipv9",
        "inet_protocols|ipv4, ipv9",
        "inet_interfaces|no-such-host.invalid",
        "inet_interfaces|192.0.2.1",
        "proxy_interfaces|no-such-host.invalid",
        "biff|maybe",
        "mynetworks|300.1.1.1/8",
        "mynetworks|127.0.0.0/33",
        "mynetworks|127.0.0.1/8",
        "mynetworks|!10.0.0.0/x",
        "mynetworks|1.2.3.400",
        "mynetworks|[::1]/129",
        "mynetworks_style|town",
        "compatibility_level|three",
        "compatibility_level|3.x",
        "compatibility_level|''",
        "default_destination_concurrency_limit|99999999999",
        "default_destination_concurrency_limit|2147483648",
        "maillog_file|/etc/passwd",
        "maillog_file_permissions|0777",
        "syslog_facility|mailbox",
        "mailbox_delivery_lock|smell",
        "allow_mail_to_commands|everybody",
        "canonical_classes|envelope",
        "masquerade_classes|body",
        "propagate_unmatched_extensions|all",
        "receive_override_options|no_checks",
        "sendmail_fix_line_endings|sometimes",
        "header_from_format|fancy",
        "default_destination_concurrency_positive_feedback|much",
        "alias_maps|nosuchtype:/etc/aliases",
        "alias_database|nosuchtype:/etc/aliases",
        "queue_directory|spool",
        "myorigin|''",
      })
  void aValueOutOfPlaceIsRefused(String name, String value) {
    String message = refusal(name, value);
    assertTrue(message.startsWith("/etc/postfix/main.cf, line 2: "), message);
    assertTrue(message.contains(name + " = " + value), message);
  }

  @Test
  void whatLooksLikeAFileATableOrANameIsNoBadNetwork() throws BadValueException {
    for (String good :
        List.of(
            "127.0.0.0/8 [::1]/128 [fe80::]/64 10.1.2.3",
            "cidr:/etc/postfix/networks, !10.0.0.1, 10.0.0.0/8",
            "/etc/postfix/networks",
            "host.example.org example.org beef.cafe",
            "inline:{{10.0.0.1 = ok}}",
            "")) {
      configuration("mynetworks", good).check();
    }
  }

  @Test
  void aBadLevelIsNotBlamedOnADefaultThatDependsOnIt() {
    assertEquals(
        "/etc/postfix/main.cf, line 2: malformed compatibility level syntax: \"3,6\" (specify a"
            + " number such as 3.6): compatibility_level = 3,6",
        assertThrows(
                BadValueException.class,
                () ->
                    configuration(
                            orderedMap("mynetworks_style", "$x", "compatibility_level", "3,6"), "")
                        .check())
            .getMessage());
  }

  @Test
  void aBadValueInMasterCfNamesItsLine() throws BadValueException {
    Configuration configuration =
        configuration(
            Map.of(),
            """
            local unix - n n - - local
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
              -o header_size_limit=2147483648
            """);
    assertEquals(
        "/etc/postfix/master.cf, line 3: invalid parameter value 2147483648 > 2147483647:"
            + " header_size_limit = 2147483648",
        assertThrows(BadValueException.class, configuration::check).getMessage());
  }

  @Test
  void aMailboxLimitBelowTheMessageLimitIsRefused() throws BadValueException {
    Configuration configuration =
        configuration(Map.of("mailbox_size_limit", "1000"), "local unix - n n - - local\n");
    assertEquals(
        "/etc/postfix/main.cf, line 1: is smaller than message_size_limit, which is 10240000:"
            + " mailbox_size_limit = 1000",
        assertThrows(BadValueException.class, configuration::check).getMessage());
  }

  @Test
  void theDefaultsOfEveryLevelAreGood() throws BadValueException {
    for (String level : Stream.of("0", "1", "2", "3", "3.6", "3.11").toList()) {
      configuration(Map.of("compatibility_level", level), "").check();
    }
  }

  private static Map<String, String> orderedMap(String... namesAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
