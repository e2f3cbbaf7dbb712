package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.network.dns.TestZone;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.smtpd.access.Restrictions;
import org.jmail.network.verify.AddressVerifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// smtpd_forbid_bare_newline = note: the last line of a session tells of lines that ended with LF
/// alone, wherever they were (Postfix smtpd.c, SMTPD_NOTE_BARE_LF).
final class BareNewlineNotesTest {

  private final RecordingLog log = new RecordingLog();

  /// Takes everything and keeps nothing.
  private static final class Nowhere implements MessageSink {

    @Override
    public Delivery open(Session session) {
      return new Delivery() {
        @Override
        public String id() {
          return "ID";
        }

        @Override
        public long octets() {
          return 0;
        }

        @Override
        public Reply accept(Session from, InputStream content, ContentTally tally)
            throws IOException {
          content.transferTo(OutputStream.nullOutputStream());
          return Reply.OK;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Flush flush(String domain) {
      return Flush.STARTED;
    }

    @Override
    public void tell(Session session, Transcript.Excerpt excerpt, Optional<String> reason) {}
  }

  private static final String ENVELOPE =
      "EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n";

  private static Stream<Arguments> sessions() {
    return Stream.of(
        Arguments.of("note", "NOOP\n", true),
        Arguments.of("note", "NOOP\r\n", false),
        Arguments.of("normalize", "NOOP\n", false),
        Arguments.of("note", "DATA\r\nx\ny\r\n.\r\n", true),
        Arguments.of("note", "DATA\r\nx\r\ny\r\n.\r\n", false),
        Arguments.of("note", "BDAT 4 LAST\r\nx\ny\n", true),
        Arguments.of("note", "BDAT 6 LAST\r\nx\r\ny\r\n", false),
        Arguments.of("note", "DATA\r\nx\ny", true));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void bareNewlinesAreNoted(String rule, String said, boolean noted) throws Exception {
    SmtpService service = service(rule);
    SentOctets line = new SentOctets((ENVELOPE + said).getBytes(ISO_8859_1));
    OutputBuffer out = new OutputBuffer(line);
    LineReader reader = new LineReader(line, out, Duration.ofMinutes(5), false);
    Peer peer = Peer.at("192.0.2.9", "4711", "192.0.2.25", "25", false);
    new SmtpSession(service, line, out, reader, peer).run(false);
    assertEquals(
        noted, log.lines().getLast().endsWith(" notes=bare_lf"), () -> log.lines().toString());
  }

  private SmtpService service(String rule) throws BadValueException {
    Config config =
        TestConfig.of(
            Map.of(
                "myhostname", "mx.example.com",
                "mydestination", "example.com",
                "mynetworks", "127.0.0.0/8",
                "local_recipient_maps", "",
                "smtpd_forbid_bare_newline", rule,
                "smtpd_forbid_unauth_pipelining", "no",
                "smtpd_error_sleep_time", "0"));
    Restrictions restrictions =
        Restrictions.open(
            config, Resolver.open(config, log), new TestZone(), AddressVerifier.NONE, log);
    return SmtpService.of(
        "smtp",
        config,
        new SmtpService.Surroundings(
            Optional.of(restrictions),
            Optional.empty(),
            Optional.empty(),
            (sender, address, smtpUtf8) -> true,
            new QueueSpace(Path.of("/")),
            new RecipientSpace(20_000),
            new Nowhere(),
            new Anvil(Duration.ofMinutes(1), InstantSource.system(), log)),
        log);
  }
}
