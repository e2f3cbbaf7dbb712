package org.jmail.base.address;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What real Postfix (3.7.11, libpostfix-global) made of our inputs is recorded in addresses.txt:
/// each line is `input TAB external TAB header TAB internal addresses`, octets below blank and
/// backslash as \xNN.
final class AddressParserTest {

  private static final String ALPHABET = "ab.@,;:<>()[]\"\\%!| \t\r\n\u00e9";

  @TestFactory
  List<DynamicTest> parsesAsPostfixDoes() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : recorded()) {
      String[] field = line.split("\t", -1);
      String input = decode(field[0]);
      tests.add(
          DynamicTest.dynamicTest(
              "octets: " + field[0],
              () -> {
                AddressTree tree = AddressParser.parse(input);
                assertEquals(field[1], encode(tree.external()), "external form");
                assertEquals(field[2], encode(tree.header()), "header form");
                assertEquals(
                    field[3],
                    String.join(
                        " ",
                        AddressParser.addresses(input).stream()
                            .map(a -> "{" + encode(a) + "}")
                            .toList()),
                    "addresses");
              }));
    }
    return tests;
  }

  @Test
  void everyPrefixAndSuffixOfEveryRecordedInputGivesAValue() throws IOException {
    for (String line : recorded()) {
      String input = decode(line.split("\t", -1)[0]);
      for (int i = 0; i <= input.length(); i++) {
        AddressParser.parse(input.substring(0, i)).header();
        AddressParser.parse(input.substring(i)).header();
      }
    }
  }

  @Test
  void noTokenIsLostAndOnlyCommasAreAdded() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      String text = randomText(random, 24);
      List<String> before = new ArrayList<>();
      AddressParser.scan(text).forEach(token -> before.add(token.text()));
      List<String> after = new ArrayList<>();
      for (AddressTree.Node node : AddressParser.parse(text).nodes()) {
        switch (node) {
          case AddressTree.Loose(Token(Token.Kind kind, String octets)) ->
              after.add(kind == Token.Kind.GROUP_START ? ":" : octets);
          case AddressTree.Address address ->
              address.tokens().forEach(token -> after.add(token.text()));
        }
      }
      while (after.size() > before.size() && after.remove(",")) {}
      before.sort(null);
      after.sort(null);
      assertEquals(before, after, text);
    }
  }

  @Test
  void internalFormSurvivesQuotingAndUnquoting() {
    Random random = new Random(2);
    for (int round = 0; round < 20_000; round++) {
      String localPart = randomText(random, 12).replaceAll("[\t\r\n@]", "x");
      String address = localPart + "@example.com";
      assertEquals(address, AddressQuoting.unquote(AddressQuoting.quote821(address)));
    }
  }

  @Test
  void timeGrowsWithLengthAndNoFaster() {
    for (String unit :
        List.of("a ", "a,", "<a", ">", "a>", "(", "((", "\"", "a;", "a:;", "\\", "(c) a <b>")) {
      String text = unit.repeat(1_000_000 / unit.length());
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> AddressParser.parse(text).header(), unit);
    }
  }

  @Test
  void tokensPastTheLimitAreDropped() {
    assertEquals("a, b", AddressParser.parse("a, b, c", 3).external());
  }

  private static String randomText(Random random, int maxLength) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(maxLength); i >= 0; i--) {
      out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return out.toString();
  }

  private static List<String> recorded() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(AddressParserTest.class.getResourceAsStream("addresses.txt"))) {
      return new String(in.readAllBytes(), ISO_8859_1)
          .lines()
          .filter(l -> !l.startsWith("#"))
          .toList();
    }
  }

  private static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(
          c < ' ' || c > '~' || c == '\\' ? "\\x%02x".formatted((int) c) : String.valueOf(c));
    }
    return out.toString();
  }

  private static String decode(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        out.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }
}
