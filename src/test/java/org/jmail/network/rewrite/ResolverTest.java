package org.jmail.network.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.table.TableException;
import org.jmail.network.rewrite.Route.DomainClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResolverTest {

  private static final String SENDER = "s@sender.example";

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final RecordingLog log = new RecordingLog();

  ResolverTest() {
    with("compatibility_level", "3.6");
    with("myhostname", "mail.example.com");
    with("mydomain", "example.com");
    with("mydestination", "$myhostname, localhost.$mydomain, localhost");
    with("inet_interfaces", "127.0.0.1");
  }

  private ResolverTest with(String name, String value) {
    settings.put(name, value);
    return this;
  }

  private Route resolve(String recipient) throws TableException {
    return resolve(SENDER, recipient);
  }

  private Route resolve(String sender, String recipient) throws TableException {
    try {
      return Resolver.open(TestConfig.of(settings), log)
          .resolve(ReversePath.parse(sender), EmailAddress.parse(recipient));
    } catch (BadValueException e) {
      throw new AssertionError(e);
    }
  }

  private void assertRoute(String recipient, String transport, String nexthop, String address)
      throws TableException {
    Route route = resolve(recipient);
    assertEquals(
        transport + " " + nexthop + " " + address,
        route.transport() + " " + route.nexthop() + " " + route.recipient());
  }

  @Test
  void aDomainInTwoListsIsWarnedOfUnlessToldNotTo() throws TableException {
    with("virtual_alias_domains", "localhost, two.example");
    with("virtual_mailbox_domains", "two.example");
    with("relay_domains", "localhost, two.example, three.example");
    for (String address : new String[] {"a@localhost", "a@two.example", "a@three.example"}) {
      resolve(address);
    }
    assertEquals(
        "warning: do not list domain localhost in BOTH mydestination and virtual_alias_domains\n"
            + "warning: do not list domain two.example in BOTH virtual_alias_domains and"
            + " virtual_mailbox_domains\n"
            + "warning: do not list domain two.example in BOTH virtual_alias_domains and"
            + " relay_domains",
        String.join("\n", log.lines()));
    with("helpful_warnings", "no");
    resolve("a@localhost");
    assertEquals(3, log.lines().size());
  }

  @ParameterizedTest
  @CsvSource({
    "joe, joe@mail.example.com",
    "joe@mail.example.com, joe@mail.example.com",
    "joe@MAIL.Example.Com, joe@MAIL.Example.Com",
    "joe@localhost, joe@localhost",
    "joe@localhost., joe@localhost",
    "joe@[127.0.0.1], joe@[127.0.0.1]",
    "joe%localhost@mail.example.com, joe@localhost",
    "localhost!joe, joe@localhost",
    "joe@localhost@mail.example.com, joe@localhost",
    "@mail.example.com, MAILER-DAEMON@mail.example.com",
    "joe user@localhost, joe user@localhost"
  })
  void localUsersGoToTheLocalTransport(String given, String address) throws TableException {
    Route route = resolve(given);
    assertEquals("local", route.transport());
    assertEquals("mail.example.com", route.nexthop());
    assertEquals(DomainClass.LOCAL, route.domainClass());
    assertEquals(address, route.recipient().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "joe@elsewhere.example, elsewhere.example, joe@elsewhere.example",
    "joe%elsewhere.example@localhost, elsewhere.example, joe@elsewhere.example",
    "elsewhere.example!joe@localhost, elsewhere.example, joe@elsewhere.example",
    "joe@elsewhere.example@localhost, elsewhere.example, joe@elsewhere.example",
    "a!b!joe, a, b!joe@a",
    "joe@[192.0.2.1], [192.0.2.1], joe@[192.0.2.1]"
  })
  void othersGoToTheDefaultTransport(String given, String nexthop, String address)
      throws TableException {
    assertRoute(given, "smtp", nexthop, address);
  }

  @ParameterizedTest
  @CsvSource({
    "joe@",
    "joe@-bad.example",
    "joe@bad..example",
    "joe@192.0.2.1",
    "joe@[not.an.address]",
    "-joe@x.example",
    "joe@exa mple",
    "joe@x.example..",
    "joe@under+score"
  })
  void whatNobodyCanDeliverIsAnError(String given) throws TableException {
    Route route = resolve(given);
    assertEquals("error 5.1.3 bad address syntax", route.transport() + " " + route.nexthop());
  }

  @Test
  void relayhostIsTheNexthopOfOtherDomains() throws TableException {
    with("relayhost", "[smart.example]:587");
    assertRoute("joe@x.example", "smtp", "[smart.example]:587", "joe@x.example");
    assertRoute("joe", "local", "mail.example.com", "joe@mail.example.com");
  }

  @Test
  void senderDependentMapsComeBeforeRelayhost() throws TableException {
    with("relayhost", "[smart.example]");
    with(
        "sender_dependent_relayhost_maps",
        "inline:{a@s.example=[a.example], @d.example=[d.example], <>=[null.example], u@d.example=DUNNO}");
    assertEquals("[a.example]", resolve("a@s.example", "j@x.example").nexthop());
    assertEquals("[d.example]", resolve("b@d.example", "j@x.example").nexthop());
    assertEquals("[smart.example]", resolve("u@d.example", "j@x.example").nexthop());
    assertEquals("[null.example]", resolve("", "j@x.example").nexthop());
    assertEquals("[smart.example]", resolve("b@s.example", "j@x.example").nexthop());
  }

  @Test
  void senderDependentTransportComesBeforeDefaultTransport() throws TableException {
    with("sender_dependent_default_transport_maps", "inline:{a@s.example=slow:there}");
    Route route = resolve("a@s.example", "j@x.example");
    assertEquals("slow there", route.transport() + " " + route.nexthop());
    assertEquals("smtp", resolve("b@s.example", "j@x.example").transport());
  }

  @Test
  void unknownRecipientsOfVirtualAliasDomainsAreUnknown() throws TableException {
    with("virtual_alias_domains", "v.example");
    with("transport_maps", "inline:{v.example=smtp:elsewhere}");
    Route route = resolve("nobody@v.example");
    assertEquals(
        "error 5.1.1 User unknown in virtual alias table",
        route.transport() + " " + route.nexthop());
    assertEquals(DomainClass.VIRTUAL_ALIAS, route.domainClass());
  }

  @Test
  void domainsOfVirtualAliasMapsAreVirtualAliasDomainsByDefault() throws TableException {
    with("virtual_alias_maps", "inline:{v.example=anything}");
    assertEquals(DomainClass.VIRTUAL_ALIAS, resolve("nobody@v.example").domainClass());
  }

  @Test
  void virtualMailboxAndRelayDomainsHaveTheirTransports() throws TableException {
    with("virtual_mailbox_domains", "box.example");
    with("relay_domains", "relay.example");
    assertRoute("j@box.example", "virtual", "box.example", "j@box.example");
    assertRoute("j@relay.example", "relay", "relay.example", "j@relay.example");
    assertRoute("j@sub.relay.example", "relay", "sub.relay.example", "j@sub.relay.example");
    assertEquals(DomainClass.DEFAULT, resolve("j@sub.box.example").domainClass());
  }

  @Test
  void transportMapsLookForAddressThenDomainThenParents() throws TableException {
    with("recipient_delimiter", "+");
    with(
        "transport_maps",
        "inline:{j@t.example=a:1, t.example=b:2, .t.example=c:3, keep.example=:only,"
            + " chan.example=d:, {none.example=:}, e.example=error:, {r.example=error:5.7.1 go}}");
    assertRoute("j+x@t.example", "a", "1", "j+x@t.example");
    assertRoute("k@t.example", "b", "2", "k@t.example");
    assertRoute("k@a.b.t.example", "c", "3", "k@a.b.t.example");
    assertRoute("k@keep.example", "smtp", "only", "k@keep.example");
    assertRoute("k@chan.example", "d", "chan.example", "k@chan.example");
    assertRoute("k@none.example", "smtp", "none.example", "k@none.example");
    assertRoute("k@e.example", "error", "Address is undeliverable", "k@e.example");
    assertRoute("k@r.example", "error", "5.7.1 go", "k@r.example");
    assertRoute("k@other.example", "smtp", "other.example", "k@other.example");
  }

  @Test
  void aStarInTransportMapsIsForAllOthers() throws TableException {
    with("transport_maps", "inline:{*=smtp:[out.example], local.example=local:}");
    assertRoute("k@x.example", "smtp", "[out.example]", "k@x.example");
    assertRoute("k@local.example", "local", "local.example", "k@local.example");
    assertRoute("joe", "smtp", "[out.example]", "joe@mail.example.com");
  }

  @Test
  void relocatedUsersAreToldOf() throws TableException {
    with("relocated_maps", "inline:{{old@x.example=new@y.example}}");
    assertRoute("old@x.example", "error", "5.1.6 User has moved to new@y.example", "old@x.example");
    with("relocated_prefix_enable", "no");
    assertRoute("old@x.example", "error", "5.2.0 Mailbox is unavailable", "old@x.example");
    with("relocated_maps", "inline:{{old@x.example=5.1.6 Gone}}");
    assertRoute("old@x.example", "error", "5.1.6 Gone", "old@x.example");
  }

  @Test
  void aTableThatCannotAnswerIsNeverNotFound() {
    for (String parameter :
        new String[] {
          "mydestination",
          "virtual_alias_domains",
          "virtual_mailbox_domains",
          "relay_domains",
          "transport_maps",
          "relocated_maps",
          "sender_dependent_relayhost_maps",
          "sender_dependent_default_transport_maps"
        }) {
      settings.remove("mydestination");
      with(parameter, "fail:broken");
      assertThrows(TableException.class, () -> resolve("j@x.example"), parameter);
      settings.remove(parameter);
    }
  }

  @Test
  void swapBangpathAndPercentHackCanBeOff() throws TableException {
    with("swap_bangpath", "no");
    with("allow_percent_hack", "no");
    assertRoute("a!joe", "local", "mail.example.com", "a!joe@mail.example.com");
    assertRoute("joe%a", "local", "mail.example.com", "joe%a@mail.example.com");
  }

  @Test
  void everyAddressOfOddOctetsGetsAnAnswer() throws TableException {
    java.util.Random random = new java.util.Random(3);
    String octets = "ab@%!.\"\\[]()<>:;, \u00e9-_1";
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        text.append(octets.charAt(random.nextInt(octets.length())));
      }
      Route route = resolve(text.toString());
      assertEquals(false, route.nexthop().isEmpty(), text.toString());
    }
  }
}
