package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.spool.QueueId;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.dns.TestZone;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.smtpd.access.Restrictions;
import org.jmail.network.verify.AddressVerifier;
import org.jmail.network.verify.ProbeSender;

/// Whole sessions: commands, DATA, BDAT, XCLIENT, with cleanup and a queue in memory behind them.
/// The first octet chooses the configuration. What the client is answered are replies, one for each
/// command; it and the server agree where content ends; what it was told is queued is in the queue.
public final class SmtpSessionFuzz {

  private static final Instant NOW = Instant.parse("2026-11-22T21:40:00Z");

  private static final List<String> MODES = List.of("normalize", "note", "reject", "no");

  private static final List<SmtpService> SERVICES = services();

  private SmtpSessionFuzz() {}

  private static List<SmtpService> services() {
    List<SmtpService> services = new ArrayList<>();
    for (int choice = 0; choice < 16; choice++) {
      services.add(service(choice));
    }
    return services;
  }

  private static SmtpService service(int choice) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "myhostname", "mx.example.com",
                "mydomain", "example.com",
                "mydestination", "example.com",
                "mynetworks", "127.0.0.0/8",
                "local_recipient_maps", "",
                "compatibility_level", "3.6",
                "smtpd_error_sleep_time", "0",
                "message_size_limit", "3000",
                "smtpd_recipient_limit", "5"));
    settings.put("smtpd_authorized_xclient_hosts", "127.0.0.1");
    settings.put("smtpd_authorized_xforward_hosts", "127.0.0.1");
    settings.put("smtpd_forbid_bare_newline", MODES.get(choice & 3));
    settings.put("smtpd_forbid_bare_newline_exclusions", "");
    settings.put("smtpd_forbid_unauth_pipelining", (choice & 4) == 0 ? "no" : "yes");
    if ((choice & 8) != 0) {
      settings.put("smtpd_helo_required", "yes");
      settings.put("strict_rfc821_envelopes", "yes");
      settings.put("smtpd_delay_reject", "no");
      settings.put("smtpd_client_restrictions", "check_client_access inline:{192.0.2=REJECT}");
      settings.put("smtpd_helo_restrictions", "reject_invalid_helo_hostname");
      settings.put(
          "smtpd_sender_restrictions",
          "check_sender_access inline:{bad@=REJECT,{hold@=HOLD},{pre@=PREPEND X-A: b}}"
              + " reject_non_fqdn_sender reject_unknown_sender_domain");
      settings.put("smtpd_data_restrictions", "reject_multi_recipient_bounce");
      settings.put("smtpd_reject_footer", "\\c. See http://$server_name/$helo_name/$sender");
      settings.put("header_checks", "inline:{subject=x}");
    }
    try {
      Config config = TestConfig.of(settings);
      RecordingLog log = new RecordingLog();
      Resolver resolver = Resolver.open(config, log);
      TestZone zone = new TestZone().a("example.org", "192.0.2.9");
      return SmtpService.of(
          "smtp",
          config,
          new SmtpService.Surroundings(
              Optional.of(Restrictions.open(config, resolver, zone, AddressVerifier.NONE, log)),
              Optional.of(new ClientNames(zone, log)),
              Optional.of(ProbeSender.of(config, InstantSource.fixed(NOW))),
              (sender, address, smtpUtf8) -> !address.endsWith("@"),
              new QueueSpace(java.nio.file.Path.of("/")),
              new RecipientSpace(20_000),
              new Kept(Cleanup.open(config, log, InstantSource.fixed(NOW))),
              new Anvil(Duration.ofMinutes(1), InstantSource.fixed(NOW), log)),
          log);
    } catch (BadValueException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A queue for each session.
  private static final class Kept implements MessageSink {
    private final Cleanup cleanup;
    private volatile MemoryQueueStore queue = new MemoryQueueStore();

    Kept(Cleanup cleanup) {
      this.cleanup = cleanup;
    }

    @Override
    public Delivery open(Session session) {
      return new QueueDelivery(queue.begin(), cleanup);
    }

    @Override
    public Flush flush(String domain) {
      return Flush.STARTED;
    }

    @Override
    public void tell(Session session, Transcript.Excerpt excerpt, Optional<String> reason) {}
  }

  /// Takes octets: how, then all that the client sends.
  public static void fuzzerTestOneInput(byte[] octets) throws IOException {
    if (octets.length == 0) {
      return;
    }
    SmtpService made = SERVICES.get(octets[0] & 15);
    RecordingLog log = new RecordingLog();
    Kept sink = (Kept) made.sink();
    sink.queue = new MemoryQueueStore(InstantSource.fixed(NOW), Long.MAX_VALUE);
    SmtpService service = withLog(made, log);
    byte[] script = Arrays.copyOfRange(octets, 1, octets.length);
    SentOctets line = new SentOctets(script);
    OutputBuffer out = new OutputBuffer(line);
    LineReader reader = new LineReader(line, out, Duration.ofMinutes(5), false);
    Peer peer = Peer.at("127.0.0.1", "4711", "192.0.2.25", "25", false);
    new SmtpSession(service, line, out, reader, peer).run(false);
    for (String entry : log.lines()) {
      assertFalse(entry.startsWith("error: "), entry);
    }
    List<Reply> replies = Replies.split(new String(line.answers(), ISO_8859_1));
    if (service.settings().lines().bareNewline() != BareNewline.NO) {
      boolean utf8 = service.settings().envelope().utf8();
      new ClientView(SentOctets.sent(script), service.settings().lines().limit(), utf8)
          .agree(replies, line.isStopped());
    }
    queued(sink.queue, replies);
  }

  private static SmtpService withLog(SmtpService made, RecordingLog log) {
    return new SmtpService(
        made.name(),
        made.standAlone(),
        made.settings(),
        made.clientLimits(),
        made.lists(),
        made.refusals(),
        made.rewriting(),
        made.restrictions(),
        made.names(),
        made.probes(),
        made.addresses(),
        made.space(),
        made.recipients(),
        made.sink(),
        made.anvil(),
        log);
  }

  private static void queued(MemoryQueueStore queue, List<Reply> replies) throws IOException {
    List<StoredMessage> messages = queue.list(QueueId.ofKey(0), 10_000);
    long said =
        replies.stream()
            .filter(r -> r.text().matches("(?s)250 2\\.0\\.0 Ok: .*queued as.*"))
            .count();
    assertEquals(said, messages.size());
    for (StoredMessage message : messages) {
      assertTrue(message.pending().size() <= 5);
      String content = new String(queue.content(message.id()).open().readAllBytes(), ISO_8859_1);
      assertTrue(content.startsWith("Received: ") || content.startsWith("X-A: b"), content);
    }
  }
}
