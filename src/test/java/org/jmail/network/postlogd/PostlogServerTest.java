package org.jmail.network.postlogd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.MailLogs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines that users send, and what they come to in the log.
final class PostlogServerTest {

  private static final int JOE = 5911;

  @TempDir private Path folder;
  private MailLogs logs;
  private PostlogServer server;

  @BeforeEach
  void open() throws Exception {
    Files.createDirectory(folder.resolve("public"));
    logs =
        MailLogs.open(
            TestConfig.of(
                "maillog_file",
                folder + "/log",
                "maillog_file_prefixes",
                folder.toString(),
                "myhostname",
                "host.example"));
    server = PostlogServer.open(folder, logs);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    logs.close();
  }

  /// The log without its time stamps.
  private List<String> lines() {
    try {
      return Files.readAllLines(folder.resolve("log"), ISO_8859_1).stream()
          .map(line -> line.replaceFirst("^\\w{3} \\d\\d [\\d:]{8} host ", ""))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCommandsLineHasPostfixsShape() {
    server.write(JOE, "log\tpostfix/sendmail\t77\tfatal\tjoe(5911): message file too big");
    server.write(JOE, "log\tpostfix/postdrop\t78\twarning\tuid=5911: File too large");
    server.write(JOE, "log\tpostfix/postlog\t79\tinfo\thello");
    assertEquals(
        List.of(
            "postfix/sendmail[77]: fatal: joe(5911): message file too big",
            "postfix/postdrop[78]: warning: uid=5911: File too large",
            "postfix/postlog[79]: hello"),
        lines());
  }

  @Test
  void aUserCannotWriteLinesOfADaemonNorUnderAnotherName() {
    server.write(JOE, "log\tpostfix/local\t77\tinfo\t4F2: to=<root>, status=sent");
    server.write(JOE, "log\tsshd\t77\tinfo\tAccepted password for root");
    server.write(JOE, "log\tsshd[1]: x postfix/sendmail\t77\tinfo\ttext");
    server.write(JOE, "log\tsendmail\t77\tinfo\ttext");
    assertEquals(
        List.of(
            "postfix/postlog[77]: postfix/local: 4F2: to=<root>, status=sent",
            "postfix/postlog[77]: sshd: Accepted password for root",
            "postfix/sendmail[77]: text",
            "postfix/sendmail[77]: text"),
        lines());
  }

  @Test
  void aUserCannotBeginALineOfHisOwnNorCommandATerminal() {
    server.write(JOE, "log\tpostfix/postlog\t7\tinfo\ta\tb\r\033[2J\0\u009b");
    assertEquals(List.of("postfix/postlog[7]: a?b??[2J??"), lines());
  }

  @Test
  void whatIsNoLineIsNamedWithItsSender() {
    for (String bad :
        List.of("", "hello", "log\tx\t-1\tinfo\ty", "log\tx\t1\tdebug\ty", "log\t\t1\tinfo\ty")) {
      server.write(JOE, bad);
    }
    assertEquals(5, lines().size());
    assertTrue(
        lines().stream()
            .allMatch(
                l -> l.matches("postfix/postlogd\\[\\d+]: warning: uid=5911: malformed input")));
  }

  @Test
  void oneConnectionIsOneLineOfBoundedLength() throws Exception {
    String sent = "log\tpostfix/postlog\t7\tinfo\t" + "x".repeat(10_000) + "\nlog\tsecond line\n";
    assertEquals(-1, send(sent.getBytes(ISO_8859_1)));
    assertEquals(List.of("postfix/postlog[7]: " + "x".repeat(2000)), lines());
  }

  @Test
  void aConnectionThatSaysNothingIsCut() throws Exception {
    try (SocketChannel channel = connect()) {
      assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
    }
  }

  /// What the other end says when the octets are sent: its end, -1.
  private int send(byte[] octets) throws IOException {
    try (SocketChannel channel = connect()) {
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        return channel.read(ByteBuffer.allocate(1));
      } catch (IOException cut) {
        return -1; // it was closed with octets unread
      }
    }
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(MailLogs.postlogSocket(folder)));
  }
}
