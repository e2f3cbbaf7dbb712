package org.jmail.base.ipc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.Content;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;

/// Delivery requests for tests.
public final class Requests {

  private Requests() {}

  /// A request in which every field says something.
  public static DeliveryRequest full(String content) {
    Recipient plain = Recipient.of("root");
    Recipient wishful =
        new Recipient(
            EmailAddress.parse("j\u00f6@x\u0001"),
            "Joe <joe@x>",
            "rfc822;joe+40x",
            EnumSet.of(Recipient.Notify.DELAY, Recipient.Notify.FAILURE));
    Envelope envelope =
        new Envelope(
            ReversePath.parse("a@b"),
            List.of(plain, wishful),
            BodyType.EIGHT_BIT_MIME,
            true,
            new DsnOptions(DsnOptions.Ret.HEADERS, "QQ314159", DsnOptions.Trace.RECORD, "+="));
    Origin origin = new Origin("n", "192.0.2.1", "25", "h", "ESMTP", "PLAIN", "u", "s", 1000, true);
    return of(envelope, origin, content);
  }

  /// A plain request to some recipients.
  public static DeliveryRequest to(List<String> recipients, String content) {
    List<Recipient> list = recipients.stream().map(Recipient::of).toList();
    return of(Envelope.of(ReversePath.NULL, list), Origin.submitted(0), content);
  }

  private static DeliveryRequest of(Envelope envelope, Origin origin, String content) {
    return new DeliveryRequest(
        "local",
        "localhost",
        "ABC123",
        envelope,
        origin,
        Content.of(content.getBytes(StandardCharsets.ISO_8859_1)),
        Instant.ofEpochSecond(1_700_000_000, 123_456_789),
        Instant.ofEpochSecond(1_700_000_001));
  }
}
