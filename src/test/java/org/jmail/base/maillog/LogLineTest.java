package org.jmail.base.maillog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shape of log lines, and what cannot get into them.
final class LogLineTest {

  private static final Instant TIME = Instant.parse("2026-11-02T03:04:05Z");
  private static final LineFormat FORMAT = new LineFormat("mx.example.com", ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void lineOfAFileHasTwoDigitsForTheDayAndTheFirstLabelOfTheHost() {
    assertEquals(
        "Nov 02 03:04:05 mx postfix/qmgr[12]: ABC: removed",
        FORMAT.line(TIME, new LogEntry("postfix/qmgr", 12, Severity.INFO, "ABC: removed")));
  }

  @Test
  void datagramForSyslogHasPriorityAndPaddedDayAndNoHost() {
    assertEquals(
        "<20>Nov  2 03:04:05 postfix/local[7]: warning: dotlock is old",
        FORMAT.datagram(
            TIME, 2, new LogEntry("postfix/local", 7, Severity.WARNING, "dotlock is old")));
  }

  @Test
  void lineBreaksInWhatAPeerSaidMakeNoSecondLine() {
    LogEntry entry = new LogEntry("postfix/smtpd", 1, Severity.INFO, "a\nNov 02 fake\r\0\u001b[2J");
    assertEquals("a?Nov 02 fake???[2J", entry.text());
  }

  @Test
  void tooLongTextIsCut() {
    LogEntry entry = new LogEntry("postfix/smtpd", 1, Severity.INFO, "x".repeat(5000));
    assertEquals(2000, entry.text().length());
  }

  @Test
  void wellFormedUtf8IsKeptAndTheRestIsNot() {
    String utf8 = new String("ü€😀".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertEquals(utf8, Printable.of(utf8));
    assertEquals("?", Printable.of("\u00fc"));
    assertEquals("??", Printable.of("\u00c2\u009b"), "the control sequence introducer in UTF-8");
    assertEquals("??", Printable.of("\u00c0\u00af"), "an overlong slash");
    assertEquals("???", Printable.of("\u00ed\u00a0\u0080"), "a surrogate");
  }

  @Test
  void anyOctetsBecomeOneLineThatAnotherProcessReadsBack() {
    Random random = new Random(7);
    for (int round = 0; round < 10_000; round++) {
      byte[] octets = new byte[random.nextInt(40)];
      random.nextBytes(octets);
      String text = new String(octets, StandardCharsets.ISO_8859_1);
      LogEntry entry = new LogEntry("postfix/x", round, Severity.ERROR, text);
      String line = entry.encode();
      assertEquals(-1, line.indexOf('\n'));
      assertEquals(Optional.of(entry), LogEntry.parse(line));
    }
  }

  @Test
  void whatIsNoEntryIsNotReadAsOne() {
    for (String line :
        List.of(
            "", "ready", "log", "log\ta\tb\tinfo\tx", "log\ta\t1\tloud\tx", "log\ta\t1\tinfo")) {
      assertEquals(Optional.empty(), LogEntry.parse(line), line);
    }
  }

  @Test
  void fileIsAppendedToAndBegunAnewAfterItWasMoved() throws Exception {
    Path file = folder.resolve("mail.log");
    Files.writeString(file, "old\n");
    try (MailLogs logs = MailLogs.open(TestConfig.of(log(file)))) {
      MailLog log = logs.program("test");
      log.info("one");
      Files.move(file, folder.resolve("mail.log.1"));
      log.info("two");
      logs.reopen();
      log.info("three");
    }
    assertEquals(List.of("old", "one", "two"), texts(folder.resolve("mail.log.1")));
    assertEquals(List.of("three"), texts(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void linkInPlaceOfTheLogFileIsRefused() throws Exception {
    Path target = Files.writeString(folder.resolve("shadow"), "");
    Path file = Files.createSymbolicLink(folder.resolve("mail.log"), target);
    assertThrows(BadValueException.class, () -> MailLogs.open(TestConfig.of(log(file))));
    Path hard = Files.createLink(folder.resolve("hard.log"), target);
    BadValueException why =
        assertThrows(BadValueException.class, () -> MailLogs.open(TestConfig.of(log(hard))));
    assertEquals(
        "/etc/postfix/main.cf, line 2: open logfile '%1$s': not a plain file with exactly one link: maillog_file = %1$s"
            .formatted(hard),
        why.getMessage());
  }

  @Test
  void fileOutsideThePrefixesIsRefused() {
    BadValueException why =
        assertThrows(
            BadValueException.class,
            () -> MailLogs.open(TestConfig.of("maillog_file", "/etc/passwd")));
    assertEquals(
        "/etc/postfix/main.cf, line 1: does not match any prefix in maillog_file_prefixes (/var,"
            + " /dev/stdout): maillog_file = /etc/passwd",
        why.getMessage());
  }

  @Test
  void supervisorWritesOnWhatTheOtherProcessLogged() throws Exception {
    Path file = folder.resolve("mail.log");
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    try (MailLogs child = MailLogs.toSupervisor(TestConfig.of(), pipe)) {
      child.program("pickup").warning("odd");
    }
    RecordingLog fallback = new RecordingLog();
    try (MailLogs logs = MailLogs.open(TestConfig.of(log(file)))) {
      String line = pipe.toString(StandardCharsets.ISO_8859_1).strip();
      logs.relay(line, fallback, trouble -> {});
      logs.relay("Exception in thread \"main\"", fallback, trouble -> {});
    }
    String pid = "[" + ProcessHandle.current().pid() + "]";
    assertEquals(
        "postfix/pickup" + pid + ": warning: odd",
        Files.readString(file).strip().replaceFirst("^\\w+ \\d\\d [\\d:]{8} \\w+ ", ""));
    assertEquals(List.of("warning: Exception in thread \"main\""), fallback.lines());
  }

  private String[] log(Path file) {
    return new String[] {
      "myhostname",
      "mx.example",
      "maillog_file",
      file.toString(),
      "maillog_file_prefixes",
      folder.toString()
    };
  }

  private static List<String> texts(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.replaceFirst(".*\\]: ", "")).toList();
  }
}
