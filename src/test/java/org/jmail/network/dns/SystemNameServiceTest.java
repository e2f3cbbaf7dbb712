package org.jmail.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.table.Maps;
import org.jmail.base.table.TableContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

final class SystemNameServiceTest {

  private static final Duration PATIENCE = Duration.ofMillis(300);

  private DnsServer server;
  private NameService names;

  @BeforeEach
  void start() throws IOException {
    server = new DnsServer();
    names = service("", List.of(server.address()), List.of());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private NameService service(String hosts, List<InetAddress> servers, List<String> search) {
    HostsFile file = HostsFile.parse(hosts);
    ResolvConf conf = new ResolvConf(servers, search, 1, PATIENCE, 2, false, false);
    return new SystemNameService(() -> file, () -> conf, server.port(), true, true);
  }

  private static <T> Answer<T> found(List<T> records) {
    return new Answer.Found<>(records);
  }

  @Test
  void addressesOfBothFamiliesAreFound() {
    server.record("host.test", "A", "192.0.2.1").record("host.test", "AAAA", "2001:db8::1");
    assertEquals(
        found(List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"))),
        names.addressRecords("host.test"));
    assertEquals(
        found(List.of(InetAddress.ofLiteral("192.0.2.1"))), names.ipv4Records("HOST.test"));
  }

  @Test
  void aNameThatIsNotThereDiffersFromAServerThatCannotTell() {
    server.code("broken.test", Rcode.SERVFAIL).silent("silent.test").garbled("garbled.test");
    assertEquals(new Answer.NotFound<>("Host not found"), names.ipv4Records("none.test"));
    for (String name : List.of("broken.test", "silent.test", "garbled.test")) {
      assertEquals(
          new Answer.TemporaryFailure<>("Host not found, try again"), names.ipv4Records(name));
    }
  }

  @Test
  void aNameWithoutSuchRecordsIsNotFoundEither() {
    server.record("host.test", "A", "192.0.2.1");
    assertEquals(
        new Answer.NotFound<>("Host found but no data record of requested type"),
        names.mailExchangers("host.test"));
  }

  @Test
  void aNameThatCannotBeAskedForIsNotFound() {
    assertInstanceOf(Answer.NotFound.class, names.ipv4Records("a..b"));
    assertInstanceOf(Answer.NotFound.class, names.ipv4Records("x".repeat(64) + ".test"));
  }

  @Test
  void aliasesAreFollowedAndLoopsAreNot() {
    server
        .record("www.test", "CNAME", "host.test.")
        .record("host.test", "A", "192.0.2.1")
        .record("one.test", "CNAME", "two.test.")
        .record("two.test", "CNAME", "one.test.");
    assertEquals(found(List.of(InetAddress.ofLiteral("192.0.2.1"))), names.ipv4Records("www.test"));
    assertInstanceOf(Answer.NotFound.class, names.ipv4Records("one.test"));
  }

  @Test
  void mailExchangersComeBestFirstAndANullOneSaysSo() {
    server
        .record("test", "MX", "20 backup.test.")
        .record("test", "MX", "10 mx.test.")
        .record("null.test", "MX", "0 .")
        .record("bad.test", "MX", "10 bad\\064name.test.");
    assertEquals(
        found(List.of(new MailExchanger(10, "mx.test"), new MailExchanger(20, "backup.test"))),
        names.mailExchangers("test"));
    assertTrue(names.mailExchangers("null.test").orEmpty().getFirst().isNull());
    assertInstanceOf(Answer.Malformed.class, names.mailExchangers("bad.test"));
  }

  @Test
  void textsArePutTogetherFromTheirParts() {
    server.record("list.test", "TXT", "\"blocked, \" \"see http://list.test/\"");
    assertEquals(found(List.of("blocked, see http://list.test/")), names.texts("list.test"));
  }

  @Test
  void aFilterDropsRecordsByTheirTextButNotHosts() throws BadValueException {
    RecordingLog log = new RecordingLog();
    Config config = TestConfig.of(Map.of());
    Maps tables =
        Maps.open(
            "smtpd_dns_reply_filter",
            "pcre:{{/^test\\. \\d+ IN MX 10 mx\\.test\\.$/ IGNORE}"
                + " {/ IN AAAA 2001:db8::1$/ IGNORE} {/^bad\\./ DROP}}",
            TableContext.of(config, log::warning));
    NameService filtered = names.filtered(new RecordFilter("smtpd_dns_reply_filter", tables, log));
    server
        .record("test", "MX", "20 backup.test.")
        .record("test", "MX", "10 mx.test.")
        .record("six.test", "AAAA", "2001:db8::1")
        .record("bad.test", "A", "192.0.2.1");
    assertEquals(
        found(List.of(new MailExchanger(20, "backup.test"))), filtered.mailExchangers("test"));
    assertInstanceOf(Answer.Filtered.class, filtered.addressRecords("six.test"));
    assertInstanceOf(Answer.Found.class, filtered.hostAddresses("six.test"));
    assertInstanceOf(Answer.TemporaryFailure.class, filtered.ipv4Records("bad.test"));
    assertTrue(
        log.lines().stream()
            .anyMatch(
                line -> line.matches(".*ignoring DNS RR: test\\. \\d+ IN MX 10 mx\\.test\\.")),
        log.lines()::toString);
    assertTrue(
        log.lines().stream().anyMatch(line -> line.contains("unknown DNS filter action: \"DROP\"")),
        log.lines()::toString);
  }

  @Test
  void aReplyTooLongForADatagramComesByTcp() {
    for (int i = 1; i < 100; i++) {
      server.record("many.test", "A", "192.0.2." + i);
    }
    assertEquals(99, names.ipv4Records("many.test").orEmpty().size());
    assertTrue(server.asked().contains("tcp A many.test."), server.asked().toString());
  }

  @Test
  void theHostsFileComesFirst() throws IOException {
    NameService local =
        service(
            "127.0.0.1 localhost # this machine\n192.0.2.9\thost.test  alias\n",
            List.of(server.address()),
            List.of());
    server.record("host.test", "A", "192.0.2.1");
    assertEquals(
        found(List.of(InetAddress.ofLiteral("192.0.2.9"))), local.hostAddresses("Host.Test"));
    assertEquals(found(List.of("host.test")), local.hostName(InetAddress.ofLiteral("192.0.2.9")));
    assertEquals(
        found(List.of(InetAddress.ofLiteral("192.0.2.1"))), local.addressRecords("host.test"));
    assertEquals(List.of("udp AAAA host.test.", "udp A host.test."), server.asked());
  }

  @Test
  void namesOfAddressesComeFromPtrRecords() {
    server
        .record("1.2.0.192.in-addr.arpa", "PTR", "host.test.")
        .record(
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
            "PTR",
            "six.test.");
    assertEquals(found(List.of("host.test")), names.hostName(InetAddress.ofLiteral("192.0.2.1")));
    assertEquals(found(List.of("six.test")), names.hostName(InetAddress.ofLiteral("2001:db8::1")));
  }

  @Test
  void shortNamesAreCompletedBySearchDomains() {
    server.record("mail.corp.test", "A", "192.0.2.5").record("a.b", "A", "192.0.2.6");
    NameService searching =
        service("", List.of(server.address()), List.of("none.test", "corp.test"));
    assertEquals(
        found(List.of(InetAddress.ofLiteral("192.0.2.5"))), searching.hostAddresses("mail"));
    assertEquals(
        found(List.of(InetAddress.ofLiteral("192.0.2.6"))), searching.hostAddresses("a.b"));
  }

  @Test
  void theNextServerIsAskedWhenOneIsSilentOrRefuses() throws IOException {
    InetAddress other = InetAddress.ofLiteral("127.0.0.2");
    try (DnsServer second = new DnsServer(other, server.port())) {
      server.silent("host.test").code("refused.test", Rcode.REFUSED);
      second.record("host.test", "A", "192.0.2.1").record("refused.test", "A", "192.0.2.2");
      NameService both = service("", List.of(server.address(), other), List.of());
      assertEquals(
          found(List.of(InetAddress.ofLiteral("192.0.2.1"))), both.ipv4Records("host.test"));
      assertEquals(
          found(List.of(InetAddress.ofLiteral("192.0.2.2"))), both.ipv4Records("refused.test"));
    }
  }

  @Test
  void whoWaitsForASilentServerBlocksNobodyElse()
      throws InterruptedException, ExecutionException, TimeoutException {
    server.silent("silent.test").record("host.test", "A", "192.0.2.1");
    try (ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer<InetAddress>>> waiting = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        waiting.add(sessions.submit(() -> names.ipv4Records("silent.test")));
      }
      Future<Answer<InetAddress>> quick = sessions.submit(() -> names.ipv4Records("host.test"));
      assertInstanceOf(Answer.Found.class, quick.get(5, TimeUnit.SECONDS));
      for (Future<Answer<InetAddress>> each : waiting) {
        assertInstanceOf(Answer.TemporaryFailure.class, each.get(20, TimeUnit.SECONDS));
      }
    }
  }
}
