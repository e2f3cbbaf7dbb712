package org.jmail.base.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jmail.base.config.BadValueException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said about bad patterns is what Debian's postmap says of them.
final class PcreErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "(abc 'error in regex at offset 4: missing closing parenthesis'",
        "a[b 'error in regex at offset 3: missing terminating ] for character class'",
        "a** 'error in regex at offset 2: quantifier does not follow a repeatable item'",
        "* 'error in regex at offset 0: quantifier does not follow a repeatable item'",
        "a{2,1} 'error in regex: numbers out of order in {} quantifier'",
        "a\\1 'error in regex: reference to non-existent subpattern'",
        "[^](]\\1 'error in regex: reference to non-existent subpattern'",
        "[[:alpha:](]\\1 'error in regex: reference to non-existent subpattern'",
        "[\\](]\\1 'error in regex: reference to non-existent subpattern'",
        "(?<n>x)(?P=m) 'error in regex: reference to non-existent subpattern'"
      })
  void aBadPatternIsToldOfInTheWordsOfPcre(String pattern, String why) {
    BadValueException e =
        assertThrows(
            BadValueException.class,
            () -> PcreSyntax.compile(pattern, "", c -> new BadValueException("flag " + (char) c)));
    assertEquals(why, e.getMessage());
  }
}
