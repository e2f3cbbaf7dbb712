package org.jmail.base.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The declarations of all packages against the facts about Postfix.
final class ParameterCatalogueTest {

  /// Defaults that are ours, with the reason.
  private static final Map<String, String> OURS =
      Map.of(
          "queue_directory", "Postfix's queue stays where it is",
          "data_directory", "the same",
          "mail_owner", "an own user, so that both can be installed",
          "mail_name", "greetings say what answers",
          "mail_version", "the same");

  @Test
  void declaredDefaultsArePostfixsUnlessOurs() {
    Map<String, String> different = new TreeMap<>();
    ParameterCatalogue.declared()
        .forEach((name, parameter) -> {
          PostfixParameters.Fact fact = PostfixParameters.all().get(name);
          if (fact != null
              && !fact.defaultText().equals(parameter.defaultText())
              && !OURS.containsKey(name)) {
            different.put(
                name, "\"" + parameter.defaultText() + "\", Postfix: \"" + fact.defaultText());
          }
        });
    assertEquals(Map.of(), different);
  }

  @Test
  void everyDefaultOfOursIsExplained() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("jmail.basedir", "."), "docs", "parameters.md"));
    for (String name : OURS.keySet()) {
      assertTrue(page.contains("| `" + name + "` |"), name);
    }
  }

  @Test
  void rawParametersAreThoseOfPostfix() {
    Map<String, String> different = new TreeMap<>();
    ParameterCatalogue.declared()
        .forEach((name, parameter) -> {
          PostfixParameters.Fact fact = PostfixParameters.all().get(name);
          if (fact != null
              && fact.kind().equals("raw") != (parameter.kind() == Parameter.Kind.RAW)) {
            different.put(name, parameter.kind() + ", Postfix: " + fact.kind());
          }
        });
    assertEquals(Map.of(), different);
  }

  @Test
  void everyDeclaredDefaultCanBeRead() throws BadValueException {
    Config config = TestConfig.of("compatibility_level", "3.6");
    for (Parameter<?> parameter : ParameterCatalogue.declared().values()) {
      Object value = config.get(parameter);
      assertTrue(value != null, parameter.name());
    }
  }

  @Test
  void namesThatOnlyPostfixActsOnStillHaveTheirDefault() throws BadValueException {
    Config config = TestConfig.of("smtpd_banner", "$myhostname ESMTP", "myhostname", "mx.test");
    assertEquals(Optional.of("mx.test ESMTP"), config.lookup("smtpd_banner"));
    assertEquals(Optional.of("1"), config.lookup("postscreen_dnsbl_threshold"));
    assertEquals(Optional.empty(), config.lookup("nobody_knows_this"));
  }
}
