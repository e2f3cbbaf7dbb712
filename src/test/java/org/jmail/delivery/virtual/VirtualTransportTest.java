package org.jmail.delivery.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.Content;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.Test;

/// What needs no root. What files and logs look like is told by VirtualJudgeTest.
final class VirtualTransportTest {

  private final RecordingLog log = new RecordingLog();

  private String delivered(Config config) throws Exception {
    Recipient recipient = Recipient.of("joe@v.example");
    DeliveryRequest request =
        new DeliveryRequest(
            "virtual",
            "v.example",
            "QID",
            Envelope.of(ReversePath.parse("s@example.com"), List.of(recipient)),
            Origin.submitted(0),
            Content.of("Subject: x\n\n".getBytes(StandardCharsets.ISO_8859_1)),
            Instant.EPOCH,
            Instant.EPOCH);
    try (VirtualTransport transport = new VirtualTransport("virtual", config, log)) {
      return transport.deliver(request).values().iterator().next().why().toString();
    }
  }

  /// message_size_limit = 0 is common, and virtual_mailbox_limit has a default.
  @Test
  void limitsThatContradictEachOtherStopMailForMailboxesAndNotTheStart() throws Exception {
    delivered(TestConfig.of("message_size_limit", "0"));
    assertEquals(
        "fatal: configuration error: virtual_mailbox_limit is limited but message_size_limit is"
            + " unlimited",
        log.lines().getFirst());
    delivered(TestConfig.of("message_size_limit", "60000000"));
    assertEquals(
        1,
        log.lines().stream()
            .filter(
                "fatal: configuration error: virtual_mailbox_limit is smaller than message_size_limit"
                    ::equals)
            .count());
  }
}
