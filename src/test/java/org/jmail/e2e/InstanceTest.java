package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A private instance, started by whoever runs the tests: no root, and nothing of the machine's.
final class InstanceTest {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Instance instance = new Instance();

  @AfterEach
  void closeInstance() {
    instance.close();
  }

  @Test
  void theCallersMailIsDelivered() {
    instance.start();
    instance.call("sendmail", "-i", instance.user()).input("Subject: x\n\nhello\n").run().ok();
    MailMessage message = instance.mailbox(1).getFirst();
    assertEquals("hello\n", message.body());
    assertEquals(instance.user(), message.header("X-Original-To").orElseThrow());
  }

  @Test
  void mailTakenWhileDownIsDeliveredAtTheStart() {
    instance.start().stop();
    instance.call("sendmail", "-i", instance.user()).input("Subject: x\n\nhello\n").run().ok();
    instance.start();
    assertEquals("hello\n", instance.mailbox(1).getFirst().body());
  }

  @Test
  void twoInstancesRunBesideEachOther() {
    try (Instance other = new Instance()) {
      instance.start();
      other.start();
      instance.call("sendmail", "-i", instance.user()).input("Subject: x\n\none\n").run().ok();
      other.call("sendmail", "-i", other.user()).input("Subject: x\n\ntwo\n").run().ok();
      assertEquals("one\n", instance.mailbox(1).getFirst().body());
      assertEquals("two\n", other.mailbox(1).getFirst().body());
      instance.stop();
      assertEquals(0, other.call("postfix", "status").run().status());
      assertNotEquals(0, instance.call("postfix", "status").run().status());
    }
  }

  @Test
  void theConfigurationFolderCanBeNamedOnTheCommandLine() {
    String folder = instance.path("etc").toString();
    instance.call("postfix", "-c", folder, "start").with("MAIL_CONFIG", "").run().ok();
    Result queue = instance.call("mailq", "-C", folder).with("MAIL_CONFIG", "").run();
    assertTrue(queue.out().contains("Mail queue is empty"), queue::toString);
  }

  /// The network process reads its classes before it becomes somebody who may not reach them.
  @Test
  void aTreeThatOnlyItsOwnerMayEnterServesMailFromTheNetwork() throws Exception {
    Path tree = instance.path("tree");
    Files.createDirectory(tree, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    new Call(List.of(), Map.of(), List.of("/bin/cp", "-a", Staged.usr().toString(), tree + "/"))
        .run()
        .ok();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String rows = Files.readString(instance.path("etc/master.cf"));
    instance.write("etc/master.cf", "localhost:" + port + " inet n - n - - smtpd\n" + rows);
    instance.call(tree + "/usr/sbin/postfix", "start").run().ok();
    String rcpt = "RCPT TO:<" + instance.user() + ">";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        BufferedReader replies =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
      String reply = replies.readLine();
      for (String line :
          List.of("HELO x", "MAIL FROM:<a@localhost>", rcpt, "DATA", "hello\r\n.", "QUIT")) {
        String last = reply;
        assertTrue(last.matches("[23].*"), () -> last + "\n" + instance.log());
        socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
        reply = replies.readLine();
      }
    }
    assertEquals("hello\n", instance.mailbox(1).getFirst().body());
  }
}
