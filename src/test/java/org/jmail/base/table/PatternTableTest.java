package org.jmail.base.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the comparison with the real postmap cannot show.
final class PatternTableTest {

  private final List<String> warnings = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regexp:{{/^(a+)+$/ x}}",
        "pcre:{{/^(a+)+$/ x}}",
        "pcre:{{/^(a|aa)+$/ x}}",
        "regexp:{{/(x+x+)+y/ x}}",
        "pcre:{{/^(?:.*a){20}b/ x}}",
      })
  void aPatternThatCouldBacktrackWithoutEndAnswersOrIsStopped(String table) throws Exception {
    LookupTable opened = Tables.open(table, TableContext.standard(warnings::add));
    String text = "a".repeat(60) + "x".repeat(40) + "!";
    assertTimeout(Duration.ofSeconds(20), () -> answerOf(opened, text));
  }

  private static Optional<String> answerOf(LookupTable table, String text) {
    try {
      return table.lookup(text);
    } catch (TableException e) {
      return Optional.of("stopped");
    }
  }

  @Test
  void aStoppedPatternIsAnErrorThatNamesItsLine() throws Exception {
    LookupTable opened =
        Tables.open("pcre:{{/^(?:.*a){20}b/ x}}", TableContext.standard(warnings::add));
    TableException e = assertThrows(TableException.class, () -> opened.lookup("a".repeat(60)));
    assertEquals(
        "pcre map {{/^(?:.*a){20}b/ x}}, line 1: backtracking limit exceeded", e.getMessage());
  }

  @Test
  void aLongTextDoesNotOverflowTheStack() throws Exception {
    LookupTable opened = Tables.open("pcre:{{/^(a|b)*$/ x}}", TableContext.standard(warnings::add));
    String text = "ab".repeat(100_000);
    try {
      assertEquals(Optional.of("x"), opened.lookup(text));
    } catch (TableException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("nests too deeply"), e::toString);
    }
  }

  @Test
  void anOrdinaryHeaderCheckOnALongHeaderIsNotStopped() throws Exception {
    LookupTable opened =
        Tables.open(
            "regexp:{{/^subject:.*(viagra|cialis).*now$/ REJECT $1}}",
            TableContext.standard(warnings::add));
    String text = "Subject: " + "viagra cialis ".repeat(1000);
    assertEquals(Optional.empty(), opened.lookup(text));
    assertEquals(Optional.of("REJECT cialis"), opened.lookup(text + "now"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/(?R)/ x",
        "/(?1)(a)/ x",
        "/a\\Kb/ x",
        "/(?(1)a|b)/ x",
        "/(*COMMIT)a/ x",
        "/(?|a|b)/ x"
      })
  void whatThePatternEngineLacksIsSaid(String rule) throws Exception {
    LookupTable opened = Tables.open("pcre:{{" + rule + "}}", TableContext.standard(warnings::add));
    assertEquals(Optional.empty(), opened.lookup("ab"));
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.getFirst().contains("is not supported: skipping this rule"), warnings::toString);
  }

  @Test
  void substitutionCanBeForbidden() throws Exception {
    LookupTable opened =
        Tables.open(
            "regexp:{{/(a)/ $1},{/a/ plain}}",
            TableContext.standard(warnings::add).withSubstitution(false));
    assertEquals(Optional.of("plain"), opened.lookup("a"));
    assertEquals(1, warnings.size());
  }
}
