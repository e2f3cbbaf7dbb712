package org.jmail.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolverProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemFilesTest {

  @Test
  void resolvConfIsReadAsTheCLibraryReadsIt() {
    ResolvConf conf =
        ResolvConf.parse(
            """
            # made by something
            domain first.test
            search corp.test example.test
            nameserver 192.0.2.53
            nameserver not-an-address
            nameserver 2001:db8::53
            options ndots:2 timeout:1 attempts:9 rotate use-vc edns0
            """);
    assertEquals(
        new ResolvConf(
            List.of(InetAddress.ofLiteral("192.0.2.53"), InetAddress.ofLiteral("2001:db8::53")),
            List.of("corp.test", "example.test"),
            2,
            Duration.ofSeconds(1),
            5,
            true,
            true),
        conf);
  }

  @Test
  void withoutAServerThisMachineIsAsked() {
    assertEquals(
        List.of(InetAddress.ofLiteral("127.0.0.1")), ResolvConf.parse("garbage\0\n\n").servers());
  }

  @Test
  void aChangedFileIsReadAgain(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("hosts");
    WatchedFile<HostsFile> hosts = new WatchedFile<>(file, HostsFile::parse);
    assertEquals(List.of(), hosts.get().addressesOf("host"));
    Files.writeString(file, "192.0.2.1 host\n");
    assertEquals(List.of(InetAddress.ofLiteral("192.0.2.1")), hosts.get().addressesOf("host"));
    Files.writeString(file, "192.0.2.22 host\n");
    assertEquals(List.of(InetAddress.ofLiteral("192.0.2.22")), hosts.get().addressesOf("host"));
  }

  @Test
  void theJdkKeepsItsOwnResolver() throws UnknownHostException {
    assertEquals(
        BuiltInNames.class,
        ServiceLoader.load(InetAddressResolverProvider.class).findFirst().orElseThrow().getClass());
    assertTrue(InetAddress.getByName("localhost").isLoopbackAddress());
  }

  @Test
  void hostNamesAreLettersDigitsAndHyphensAndNotOnlyDigits() {
    for (String good : List.of("a", "mail.example", "1.example", "a-b.c_d", "127.0.0.1-x")) {
      assertTrue(HostNames.isValid(good), good);
    }
    for (String bad :
        List.of(
            "", ".", "a.", ".a", "a..b", "-a", "a-.b", "1.2.3.4", "a b", "a@b", "x".repeat(64))) {
      assertTrue(!HostNames.isValid(bad), bad);
    }
    assertTrue(HostNames.isValid("b\u00c3\u00bccher.example", true));
    assertTrue(!HostNames.isValid("b\u00c3\u00bccher.example", false));
  }
}
