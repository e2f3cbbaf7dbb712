package org.jmail.network.smtpd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;

/// What a proxy says about its client, in any pieces, and what follows it: the session must get
/// that, every octet.
public final class ProxyHeaderFuzz {

  private static final SmtpdSettings SETTINGS = settings();

  private ProxyHeaderFuzz() {}

  private static SmtpdSettings settings() {
    try {
      return SmtpdSettings.of(
          TestConfig.of(Map.of("smtpd_upstream_proxy_protocol", "haproxy")), false);
    } catch (BadValueException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Takes octets: what the proxy sends first.
  public static void fuzzerTestOneInput(byte[] octets) throws IOException {
    SentOctets line = new SentOctets(octets);
    byte[] sent = SentOctets.sent(octets);
    Peer proxy = Peer.at("192.0.2.1", "4711", "192.0.2.25", "25", false);
    ProxyReception reception = ProxyReception.read(line, proxy, SETTINGS, new RecordingLog());
    if (reception.failed()) {
      assertEquals(Peer.unknown(), reception.peer());
      return;
    }
    byte[] rest = line.input().readAllBytes();
    int length = sent.length - rest.length;
    assertTrue(length <= ProxyHeader.LONGEST);
    assertFalse(ProxyHeader.isComplete(sent, length - 1), "it took more than it needed");
    assertEquals(-1, Arrays.mismatch(rest, Arrays.copyOfRange(sent, length, sent.length)));
    if (!reception.peer().equals(proxy)) {
      String address = reception.peer().client().address();
      assertTrue(HostSyntax.address(address).isPresent(), address);
      assertTrue(CommandParser.isNumber(reception.peer().client().port()));
    }
  }
}
