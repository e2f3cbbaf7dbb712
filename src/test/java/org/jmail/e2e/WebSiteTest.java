package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A web site on the machine sends its mail by port 25 without a password; another machine, in a
/// network namespace of its own at the other end of a cable, may not relay.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class WebSiteTest {

  private static final String CABLE =
      """
      ip netns add elsewhere
      ip link add cable0 type veth peer name cable1 netns elsewhere
      ip address add 192.0.2.1/24 dev cable0
      ip link set cable0 up
      ip -n elsewhere address add 192.0.2.2/24 dev cable1
      ip -n elsewhere link set cable1 up
      """;

  private final SystemMail mail;

  WebSiteTest(Mailer mailer) {
    mail = mailer.open();
    mail.machine().sh(CABLE);
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private void start(String more) {
    mail.configure("compatibility_level = 3.6\n" + SystemMail.MAIN_CF + more);
    mail.aliases("postmaster: root\n").start();
  }

  private static final String[] SWAKS = {
    "swaks", "--ehlo", "client.example", "--from", "www@site.example", "--body", "an order"
  };

  private Result send(String server, String recipient) {
    return mail.machine().call(arguments(SWAKS, "--server", server, "--to", recipient)).run();
  }

  private Result sendFromElsewhere(String server, String recipient) {
    String[] call = arguments(SWAKS, "--server", server, "--to", recipient);
    return mail.machine()
        .call(arguments(new String[] {"ip", "netns", "exec", "elsewhere"}, call))
        .run();
  }

  private static String[] arguments(String[] first, String... more) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  @Test
  void theSitesMailToRootArrivesWithoutAPassword() {
    start("");
    send("127.0.0.1", "root@localhost").ok();
    MailMessage message = mail.machine().mailbox("root", 1).getFirst();
    assertTrue(message.fromLine().startsWith("From www@site.example  "), message.fromLine());
    assertTrue(message.body().startsWith("an order\n"), message.body());
  }

  @Test
  void theSiteMaySendToTheWorld() {
    start("defer_transports = smtp\n");
    send("127.0.0.1", "customer@elsewhere.example").ok();
    mail.logLine("to=<customer@elsewhere\\.example>, .* status=deferred ");
  }

  @Test
  void nobodyElsewhereIsHeardUnlessWanted() {
    start("");
    Result refused = sendFromElsewhere("192.0.2.1", "root@localhost");
    assertEquals(2, refused.status(), refused::toString);
  }

  @Test
  void aClientFromElsewhereMayWriteToRootAndNotRelay() {
    start("inet_interfaces = all\n");
    sendFromElsewhere("192.0.2.1", "root@localhost").ok();
    mail.machine().mailbox("root", 1);
    Result refused = sendFromElsewhere("192.0.2.1", "customer@elsewhere.example");
    assertEquals(24, refused.status(), refused::toString);
    mail.logLine(
        "smtpd\\[\\d+\\]: NOQUEUE: reject: RCPT from unknown\\[192\\.0\\.2\\.2\\]: 454 4\\.7\\.1"
            + " <customer@elsewhere\\.example>: Relay access denied; from=<www@site\\.example>"
            + " to=<customer@elsewhere\\.example> proto=ESMTP helo=<client\\.example>");
    // The machine itself may, at that address too: mynetworks_style is host.
    send("192.0.2.1", "customer@elsewhere.example").ok();
  }
}
