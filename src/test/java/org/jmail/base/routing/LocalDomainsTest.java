package org.jmail.base.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.jmail.base.table.TableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalDomainsTest {

  private static LocalDomains domains(String... settings) throws BadValueException {
    return LocalDomains.open(TestConfig.of(settings), text -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.com, true",
    "MAIL.EXAMPLE.COM, true",
    "mail.example.com., true",
    "mail.example.com.., false",
    "'', false",
    "., false",
    "sub.mail.example.com, false",
    "not.example.com, false",
    "fromtable.example, true",
    "[127.0.0.1], true",
    "[127.0.0.2], false",
    "[192.0.2.9], true",
    "127.0.0.1, false",
    "[IPv6:::1], true",
    "[ipv6:::1], true",
    "[::1], false",
    "[IPv6:127.0.0.1], true",
    "[localhost], false",
    "[127.0.0.1, false",
    "[], false",
    "[127.1], false"
  })
  void destinationsAndOwnAddressesAreLocal(String domain, boolean local) throws Exception {
    LocalDomains domains =
        domains(
            "mydestination",
            "!not.example.com, mail.example.com, inline:{fromtable.example=x}",
            "inet_interfaces",
            "127.0.0.1, ::1",
            "proxy_interfaces",
            "192.0.2.9");
    assertEquals(local, domains.contains(domain));
  }

  @Test
  void allInterfacesIncludeLoopback() throws Exception {
    assertTrue(domains("inet_interfaces", "all", "mydestination", "").contains("[127.0.0.1]"));
    assertTrue(
        domains("inet_interfaces", "loopback-only", "mydestination", "").contains("[127.0.0.1]"));
  }

  @Test
  void anInterfaceWithoutAddressIsABadValueThatSaysSo() {
    BadValueException e =
        assertThrows(
            BadValueException.class,
            () -> OwnAddresses.of(TestConfig.of("inet_interfaces", "no-such-host.invalid")));
    assertTrue(String.valueOf(e.getMessage()).contains("host not found: no-such-host.invalid"));
  }

  @Test
  void aTableThatCannotAnswerIsNeverNotLocal() throws BadValueException {
    LocalDomains domains = domains("mydestination", "fail:x", "inet_interfaces", "127.0.0.1");
    assertThrows(TableException.class, () -> domains.contains("x.example"));
  }
}
