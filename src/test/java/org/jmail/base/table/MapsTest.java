package org.jmail.base.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.config.BadValueException;
import org.jmail.base.table.MailAddressMaps.Step;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MapsTest {

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();
  private final TableContext context = TableContext.standard(warnings::add);

  @Test
  void theFirstTableThatHasTheKeyAnswers() throws Exception {
    Maps maps = maps("inline:{a=1}, inline:{a=2,b=3} static:{any thing}");
    assertEquals(Optional.of("1"), maps.find("a"));
    assertEquals(Optional.of("3"), maps.find("b"));
    assertEquals(Optional.of("any thing"), maps.find("c"));
  }

  @Test
  void anEmptyKeyIsNeverThere() throws Exception {
    assertEquals(Optional.empty(), maps("static:x").find(""));
  }

  @Test
  void anEmptyValueIsAnError() {
    assertThrows(TableException.class, () -> maps("inline:{{a=}}").find("a"));
  }

  @Test
  void aTableThatCannotAnswerEndsTheSearch() {
    assertThrows(TableException.class, () -> maps("fail:x inline:{a=1}").find("a"));
  }

  @Test
  void aMissingTableFailsItsLookupsAndIsUsedWhenItComes() throws Exception {
    Path file = folder.resolve("late");
    Maps maps = maps("inline:{a=1} texthash:" + file);
    assertEquals(1, warnings.size());
    assertEquals(Optional.of("1"), maps.find("a"));
    assertThrows(TableException.class, () -> maps.find("b"));
    assertThrows(TableException.class, () -> maps.findPartial("b"));
    Files.writeString(file, "b 2\n");
    assertEquals(Optional.of("2"), maps.find("b"));
  }

  @Test
  void partsOfAddressesAreNotAskedOfPatterns() throws Exception {
    Maps maps = maps("regexp:{{/./ pattern}} inline:{user=found}");
    assertEquals(Optional.of("found"), maps.findPartial("user"));
    assertEquals(Optional.of("pattern"), maps.find("user"));
  }

  @Test
  void anEditedTextTableIsReadAgainOnceItHasCooledDown() throws Exception {
    Path file = folder.resolve("text");
    write(file, "a 1\n", 60);
    Maps maps = maps("texthash:" + file);
    assertEquals(Optional.of("1"), maps.find("a"));
    write(file, "a 2\n", 30);
    assertEquals(Optional.of("2"), maps.find("a"));
    write(file, "a 3", 0);
    assertEquals(Optional.of("2"), maps.find("a"), "its writer may not be done");
    write(file, "a 3\n", 10);
    assertEquals(Optional.of("3"), maps.find("a"));
  }

  private static void write(Path file, String text, int secondsAgo) throws Exception {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
  }

  @Test
  @Tag("root")
  void theLeastTrustedTableOwnsWhatIsJoined() throws Exception {
    Path users = folder.resolve("users");
    Files.writeString(users, "a 1\n");
    Files.setAttribute(users, "unix:uid", 1234);
    Path others = folder.resolve("others");
    Files.writeString(others, "a 1\n");
    Files.setAttribute(others, "unix:uid", 1235);
    assertEquals(new TableOwner(true, 1234), owner("texthash:" + users));
    assertEquals(TableOwner.TRUSTED, owner("inline:{a=1}"));
    assertEquals(
        new TableOwner(true, 1234), owner("unionmap:{texthash:" + users + ",inline:{a=1}}"));
    assertEquals(
        TableOwner.UNKNOWN, owner("unionmap:{texthash:" + users + ",texthash:" + others + "}"));
  }

  private TableOwner owner(String table) throws TableException {
    try (LookupTable opened = Tables.open(table, context)) {
      return opened.owner();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // as mail_addr_map.c's own cases
    "user+ext@example.com, inline:{user+ext@example.com=full}, full",
    "user+ext@example.com, inline:{user@example.com=x@y.z}, x+ext@y.z",
    "user+ext@local.example, inline:{user=x@y.z}, x+ext@y.z",
    "user+ext@local.example, inline:{user+ext=x@y.z}, x@y.z",
    "user@other.example, inline:{user=x@y.z}, none",
    "user+ext@example.com, inline:{@example.com=x@y.z}, x@y.z",
    "user+ext@example.com, inline:{@example.com=@y.z}, user+ext@y.z",
    "user+ext@example.com, inline:{user@example.com=@y.z}, user+ext@y.z",
    "USER@EXAMPLE.COM, inline:{user@example.com=x@y.z}, x@y.z",
    "owner-list-x@example.com, inline:{owner@example.com=x@y.z}, none",
    "nobody@example.com, inline:{a=b}, none",
  })
  void addressesAreFoundByTheirParts(String address, String table, String expected)
      throws Exception {
    MailAddressMaps addresses = addresses(table, "+-");
    assertEquals(
        expected,
        addresses
            .map(address, true, each -> each)
            .map(list -> String.join(",", list))
            .orElse("none"));
  }

  @Test
  void anEntryMayHoldManyAddressesAndTheirQuotes() throws Exception {
    MailAddressMaps addresses =
        addresses("inline:{{\"a b\"@example.com = \"c d\"@y.z, Joe <joe@y.z>, bare}}", "+");
    assertEquals(
        Optional.of(List.of("c d+x@y.z", "joe+x@y.z", "bare+x@local.example")),
        addresses.map(
            "a b+x@example.com",
            true,
            each -> each.indexOf('@') < 0 ? each + "@local.example" : each));
  }

  @Test
  void anEntryWithoutAnAddressIsAnError() {
    assertThrows(
        TableException.class,
        () -> addresses("inline:{{a@b.c = ,}}", "").map("a@b.c", true, each -> each));
  }

  @Test
  void domainsAreAskedUpToTheirParentsWhenWanted() throws Exception {
    MailAddressMaps plain = addresses("inline:{example.com=1,.example.org=2}", "");
    assertEquals(
        Optional.empty(), plain.find("a@sub.example.com", EnumSet.of(Step.FULL, Step.DOMAIN)));
    assertEquals(
        "1",
        plain
            .find("a@x.sub.example.com", EnumSet.of(Step.DOMAIN, Step.PARENT_DOMAINS))
            .orElseThrow()
            .value());
    assertEquals(
        "2",
        plain
            .find("a@x.example.org", EnumSet.of(Step.DOMAIN, Step.DOT_PARENT_DOMAINS))
            .orElseThrow()
            .value());
  }

  private MailAddressMaps addresses(String tables, String delimiters) {
    return new MailAddressMaps(
        maps(tables),
        new AddressExtension(delimiters, true, "double-bounce"),
        domain -> domain.equals("local.example"));
  }

  private Maps maps(String list) {
    return Maps.open("test_maps", list, context);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.example, b.example | b.example | true",
        "a.example | A.EXAMPLE | true",
        "!a.example, static:x | a.example | false",
        "!a.example, static:x | b.example | true",
        ".example.com | sub.example.com | true",
        ".example.com | example.com | false",
        "example.com | sub.example.com | false",
        "inline:{.example.com=1} | x.sub.example.com | true",
        "regexp:{{/^sub/ x}} | x.sub.example.com | false",
        "FILE | in.file | true",
        "!FILE | in.file | false",
        "FILE | not.out.file | false",
      })
  void domainsAreMatched(String list, String domain, boolean expected) throws Exception {
    Path file = folder.resolve("file");
    Files.writeString(file, "# comment\n!out.file\nin.file\n");
    MatchList matches =
        MatchList.parse("mydestination", list.replace("FILE", file.toString()), false, context);
    assertEquals(expected, matches.matchesDomain(domain));
  }

  @Test
  void aDomainMatchesItsSubdomainsWhereThatIsAsked() throws Exception {
    MatchList list = MatchList.parse("relay_domains", "example.com", true, context);
    assertTrue(list.matchesDomain("a.b.example.com"));
    assertFalse(list.matchesDomain("anexample.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8 [::1]/128, 127.1.2.3, true",
    "127.0.0.0/8 [::1]/128, ::1, true",
    "127.0.0.0/8 [::1]/128, 0:0:0:0:0:0:0:1, true",
    "127.0.0.0/8, 128.0.0.1, false",
    "127.0.0.1, 127.0.0.1, true",
    "'!10.0.0.1, 10.0.0.0/8', 10.0.0.1, false",
    "'!10.0.0.1, 10.0.0.0/8', 10.0.0.2, true",
    "host.example 10.0.0.0/8, 10.0.0.2, true",
    "cidr:{{10.0.0.0/8 x}}, 10.1.1.1, true",
    "2001:db8::/32, 2001:db8::5, false",
    "[2001:db8::]/32, 2001:DB8::5, true",
  })
  void addressesAreMatched(String list, String address, boolean expected) throws Exception {
    MatchList networks = MatchList.parse("mynetworks", list, false, context);
    if (list.startsWith("2001")) {
      // without brackets it reads as type:table, as in Postfix
      assertThrows(TableException.class, () -> networks.matchesAddress(address));
    } else {
      assertEquals(expected, networks.matchesAddress(address));
    }
  }

  @Test
  void aBadNetworkIsAnErrorWhenItIsReached() throws Exception {
    MatchList list = MatchList.parse("mynetworks", "10.0.0.1/8", false, context);
    assertThrows(TableException.class, () -> list.matchesAddress("10.0.0.2"));
  }

  @Test
  void anUnreadableFileIsAnErrorWhenItIsReached() throws Exception {
    MatchList list = MatchList.parse("mynetworks", "1.2.3.4 /nosuch/file", false, context);
    assertTrue(list.matchesAddress("1.2.3.4"));
    assertThrows(TableException.class, () -> list.matchesAddress("1.2.3.5"));
  }

  @Test
  void aNegationNeedsAPattern() {
    assertThrows(
        BadValueException.class, () -> MatchList.parse("mynetworks", "a, !", false, context));
  }
}
