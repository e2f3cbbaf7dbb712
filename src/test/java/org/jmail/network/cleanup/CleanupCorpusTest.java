package org.jmail.network.cleanup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Each invented message becomes what real Postfix made of it: envelope, octets and log lines.
final class CleanupCorpusTest {

  private static final Instant NOW = Instant.parse("2026-11-22T18:40:21Z");

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> cleanupDoesAsPostfixDoes() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : CleanupCase.sources()) {
      for (CleanupCase one : CleanupCase.read(file)) {
        tests.add(
            DynamicTest.dynamicTest(
                file.getFileName() + ": " + one.name(),
                () ->
                    assertEquals(String.join("\n", one.got()), String.join("\n", result(one, 0)))));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> howTheContentArrivesDoesNotMatter() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (int chunk : new int[] {1, 7, 2047, 2048, 2049}) {
      tests.add(
          DynamicTest.dynamicTest(
              "reads of at most " + chunk + " octets",
              () -> {
                for (CleanupCase one : CleanupCase.all()) {
                  assertEquals(
                      String.join("\n", one.got()),
                      String.join("\n", result(one, chunk)),
                      one.name());
                }
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyCaseWasRecorded() throws IOException {
    List<CleanupCase> all = CleanupCase.all();
    return List.of(
        DynamicTest.dynamicTest(
            all.size() + " cases",
            () -> {
              assertTrue(all.size() >= 150);
              assertTrue(all.stream().noneMatch(one -> one.got().isEmpty()));
            }));
  }

  private List<String> result(CleanupCase one, int chunk) throws IOException, BadValueException {
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    RecordingLog log = new RecordingLog();
    Config config = configuration(one);
    Cleanup cleanup = Cleanup.open(config, log, InstantSource.fixed(NOW));
    Set<ReceiveOverride> overrides =
        ReceiveOverride.parse(config.get(CleanupParameters.RECEIVE_OVERRIDE_OPTIONS));
    MemoryQueueStore queue = new MemoryQueueStore(InstantSource.fixed(NOW), Long.MAX_VALUE);
    List<StoredMessage> stored = new ArrayList<>();
    queue.onCommit(stored::add);
    byte[] octets = one.input().getBytes(ISO_8859_1);
    InputStream content =
        chunk == 0 ? new ByteArrayInputStream(octets) : new Dribble(octets, chunk);
    try (QueueStore.Draft draft = queue.begin()) {
      CleanupOutcome outcome = cleanup.accept(request(one, overrides, config), content, draft);
      String id = draft.id().toString();
      List<String> head = new ArrayList<>();
      String body = "";
      switch (outcome) {
        case CleanupOutcome.Discarded ignored -> head.add("discarded");
        case CleanupOutcome.Refused(var why) ->
            head.add(
                why.code().type().digit() == 4
                    ? "deferred"
                    : "refused " + why.code() + " " + why.text());
        case CleanupOutcome.Queued(var ignored) -> {
          StoredMessage message = queue.find(draft.id()).orElseThrow();
          head.addAll(head(message));
          try (InputStream in = queue.content(draft.id()).open()) {
            body = new String(in.readAllBytes(), ISO_8859_1);
          }
        }
      }
      return CleanupCase.shown(
          head.stream().map(line -> CleanupCase.normal(line, id)).toList(),
          CleanupCase.normal(body, id),
          log.lines().stream()
              .map(line -> CleanupCase.normal(line, id))
              .filter(line -> !line.contains(": removed (") && !line.contains(" is unavailable. "))
              .toList());
    }
  }

  private static List<String> head(StoredMessage message) {
    List<String> head = new ArrayList<>();
    head.add(message.options().hold() ? "held" : "queued");
    head.add("sender <" + message.envelope().sender() + ">");
    for (Recipient recipient : message.envelope().recipients()) {
      head.add(
          "recipient <"
              + recipient.address()
              + "> original <"
              + recipient.original()
              + "> orcpt <"
              + recipient.dsnOrcpt()
              + ">");
    }
    if (!message.options().contentFilter().isEmpty()) {
      head.add("filter " + message.options().contentFilter());
    }
    if (!message.options().redirect().isEmpty()) {
      head.add("redirect " + message.options().redirect());
    }
    if (message.envelope().body() == BodyType.EIGHT_BIT_MIME) {
      head.add("encoding=8bit");
    }
    return head;
  }

  private Config configuration(CleanupCase one) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>(CleanupCase.BASE.lines().toList());
    lines.addAll(one.conf());
    for (String line : lines) {
      int equals = line.indexOf('=');
      settings.put(
          line.substring(0, equals).strip(),
          line.substring(equals + 1).strip().replace("/etc/postfix", folder.toString()));
    }
    for (String file : one.files()) {
      int newline = file.indexOf('\n');
      Files.writeString(
          folder.resolve(file.substring(0, newline)),
          file.substring(newline + 1) + "\n",
          ISO_8859_1);
    }
    return TestConfig.of(folder, settings);
  }

  private static CleanupRequest request(
      CleanupCase one, Set<ReceiveOverride> overrides, Config config) throws BadValueException {
    List<Recipient> recipients = new ArrayList<>();
    for (String to : one.to()) {
      for (String address : org.jmail.base.address.AddressParser.addresses(to)) {
        recipients.add(Recipient.of(address));
      }
    }
    List<String> sender = org.jmail.base.address.AddressParser.addresses(one.from());
    return new CleanupRequest(
        ReversePath.parse(sender.isEmpty() ? "" : sender.getFirst()),
        recipients,
        Origin.submitted(0),
        BodyType.UNSPECIFIED,
        false,
        DsnOptions.NONE,
        one.fullName(),
        "",
        NOW,
        overrides,
        config.get(CleanupParameters.CONTENT_FILTER));
  }

  /// Gives no more than so many octets at a time.
  private static final class Dribble extends ByteArrayInputStream {
    private final int chunk;

    Dribble(byte[] octets, int chunk) {
      super(octets);
      this.chunk = chunk;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return super.read(buffer, offset, Math.min(length, chunk));
    }
  }
}
