package org.jmail.base.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MacroExpanderTest {
  private static final Map<String, String> VALUES =
      Map.of("a", "one", "b", "two $a", "empty", "", "loop", "$pool", "pool", "${loop}", "n", "10");

  private static String expand(String text) throws BadValueException {
    return MacroExpander.recursive(
            name -> Optional.ofNullable(VALUES.get(name)), name -> name.equals("raw"))
        .expand(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$a|one",
        "${a}|one",
        "$(a)|one",
        "x$a.y|xone.y",
        "$b|two one",
        "$$a|$a",
        "$none.|.",
        "${a?yes}|yes",
        "${empty?yes}|``",
        "${empty:no}|no",
        "${none:no}|no",
        "${a?{yes}:{no}}|yes",
        "${empty?{yes}:{no}}|no",
        "${ a ? {yes} : {no} }|yes",
        "${a??foo:{b}ar}|?foo:{b}ar",
        "${a?$b}|two one",
        "${{$a} == {one} ? {same} : {other}}|same",
        "${{$a} != {one} ? {other} : {same}}|same",
        "${{9} < {$n} ? {number} : {text}}|number",
        "${{9} < {1a} ? {number} : {text}}|text",
        "${{$a}=={one}}|true",
        "${{3.10} >level {3.9} ? {newer} : {older}}|newer",
        "${{2} <=level {2.0.1} ? {yes} : {no}}|yes",
        "${{$a} == {x} ? {1} : {${{$n} >= {10} ? {2} : {3}}}}|2",
        "${domain_to_ascii{mail.example}}|mail.example",
      })
  void expandsEveryFormOfReference(String text, String expected) throws BadValueException {
    assertEquals(expected, expand(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${a|truncated macro reference: \"${a\"",
        "x$|empty macro name: \"x$\"",
        "${}|empty macro name: \"${}\"",
        "${a-b}|attribute name syntax error at: \"...a>>>-b\"",
        "${a?{x}y}|\":\" expected at: \"...x}>>>y\"",
        "${a:{x}y}|unexpected input at: \"...x}>>>y\"",
        "${{a} =~ {b}}|\"==\" or \"!=\" or \"<\" or \"<=\" or \">=\" or \">\" expected at: \"...a}>>>=~ {b}\"",
        "${{a} == b}|\"{expression}\" expected at: \"...{a} ==>>> b\"",
        "${{a} ==foo {b}}|bad operator suffix at: \"...==>>>foo\"",
        "${{x} <level {2}}|malformed compatibility level syntax: \"x\" (specify a number such as 3.6)",
        "${foo{x}}|unknown function \"foo\" at\"...>>>foo{x}\"",
      })
  void saysWhereTheSyntaxIsWrong(String text, String message) {
    assertEquals(message, assertThrows(BadValueException.class, () -> expand(text)).getMessage());
  }

  @Test
  void namesTheLoopOfParametersThatReferToEachOther() {
    String message = assertThrows(BadValueException.class, () -> expand("$loop")).getMessage();
    assertEquals("unreasonable macro call nesting: \"pool\" (loop: pool -> loop -> pool)", message);
  }

  @Test
  void onceLeavesDollarsInValuesAlone() throws BadValueException {
    assertEquals(
        "two $a", MacroExpander.once(name -> Optional.ofNullable(VALUES.get(name))).expand("$b"));
  }

  @Test
  void filterReplacesForbiddenOctetsOfValuesOnly() throws BadValueException {
    assertEquals(
        "; two __",
        MacroExpander.once(name -> Optional.ofNullable(VALUES.get(name)))
            .filtered("two ")
            .expand("; $b"));
  }

  @Test
  void scanSeesTheNamesOfBothBranches() throws BadValueException {
    List<String> names = new ArrayList<>();
    MacroExpander.scan(
        "$a ${b?$c} ${{$d} == {e} ? {$f} : {$g}} ${h{$i}}".replace("${h{$i}}", "$h"),
        name -> {
          names.add(name);
          return Optional.empty();
        });
    assertEquals(List.of("a", "b", "c", "d", "f", "g", "h"), names);
  }
}
