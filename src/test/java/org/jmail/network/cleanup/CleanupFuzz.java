package org.jmail.network.cleanup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Headers completed and rewritten: any content is queued or refused, in bounded size. What was
/// queued goes through a second time, as a stranger's mail, without a change but for its Received:
/// header. The first octet chooses the configuration.
public final class CleanupFuzz {

  private static final Instant NOW = Instant.parse("2026-11-22T18:40:21Z");
  private static final String RECEIVED = "Received: from a.example by b.example; now";
  private static final Origin STRANGER =
      new Origin("c.example", "192.0.2.1", "4711", "h.example", "ESMTP", "", "", "", -1, false);

  private static final List<Cleanup> CLEANUPS = List.of(cleanup(0), cleanup(1), cleanup(2));
  private static final Cleanup PLAIN = CLEANUPS.getFirst();

  private CleanupFuzz() {}

  private static Cleanup cleanup(int choice) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "compatibility_level", "3.6",
                "myhostname", "mail.example.com",
                "mydomain", "example.com",
                "inet_interfaces", "127.0.0.1"));
    if (choice > 0) {
      settings.put("canonical_maps", "inline:{ {joe = Joe.User@x.example} {@y.example = z@w} }");
      settings.put("masquerade_domains", "example.com");
      settings.put("always_add_missing_headers", "yes");
      settings.put("virtual_alias_maps", "inline:{ {list = a, b@c.example} }");
    }
    if (choice > 1) {
      settings.put("header_checks", "regexp:{{/^x-(.*)/ REPLACE Y-$1}{/^from:/ PREPEND Z: 1}}");
      settings.put("body_checks", "regexp:{{/secret/ REPLACE ***}{/refuse/ REJECT no}}");
      settings.put("message_size_limit", "2000");
      settings.put("header_size_limit", "200");
      settings.put("append_dot_mydomain", "yes");
    }
    try {
      return Cleanup.open(TestConfig.of(settings), new RecordingLog(), InstantSource.fixed(NOW));
    } catch (BadValueException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Takes octets: how, then a message whose lines end with LF.
  public static void fuzzerTestOneInput(byte[] octets) throws IOException {
    if (octets.length == 0) {
      return;
    }
    String message = new String(octets, 1, octets.length - 1, ISO_8859_1);
    Cleanup cleanup = CLEANUPS.get((octets[0] & 0xff) % CLEANUPS.size());
    Optional<String> first = accepted(cleanup, Origin.submitted(1000), "", message);
    if (first.isEmpty()) {
      return;
    }
    String content = first.get();
    assertTrue(content.length() <= 40 * message.length() + 3000, content);
    assertTrue(content.startsWith("Received: ") || content.startsWith("Z: 1"), content);
    assertTrue(content.endsWith("\n"), content);
    assertEquals(
        Optional.of(RECEIVED + "\n" + content), accepted(PLAIN, STRANGER, RECEIVED, content));
  }

  private static Optional<String> accepted(
      Cleanup cleanup, Origin origin, String received, String message) throws IOException {
    MemoryQueueStore queue = new MemoryQueueStore(InstantSource.fixed(NOW), Long.MAX_VALUE);
    List<Recipient> to = new ArrayList<>(List.of(Recipient.of("joe"), Recipient.of("list@x")));
    CleanupRequest request =
        new CleanupRequest(
            ReversePath.parse("joe"),
            to,
            origin,
            BodyType.UNSPECIFIED,
            false,
            DsnOptions.NONE,
            "Joe \"User\"",
            received,
            NOW,
            Set.of());
    try (QueueStore.Draft draft = queue.begin()) {
      CleanupOutcome outcome =
          cleanup.accept(request, new ByteArrayInputStream(message.getBytes(ISO_8859_1)), draft);
      Optional<StoredMessage> stored = queue.find(draft.id());
      assertEquals(outcome instanceof CleanupOutcome.Queued, stored.isPresent());
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new String(queue.content(draft.id()).open().readAllBytes(), ISO_8859_1));
    }
  }
}
