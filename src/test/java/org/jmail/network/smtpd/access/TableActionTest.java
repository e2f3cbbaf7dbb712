package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TableActionTest {

  /// What an entry for the sender says, at RCPT.
  private static Scene entry(String action) {
    return Scene.of(
        "smtpd_sender_restrictions",
        "check_sender_access inline:{{sender@example.net = " + action + "}}");
  }

  private static String answer(String action) {
    return entry(action).rcpt("user@example.com");
  }

  @Test
  void rejectRefusesWithItsTextAndCode() {
    assertEquals(
        "554 5.7.1 <sender@example.net>: Sender address rejected: Access denied", answer("REJECT"));
    assertEquals(
        "554 5.7.1 <sender@example.net>: Sender address rejected: no spam",
        answer("reject no spam"));
    assertEquals(
        "554 5.5.4 <sender@example.net>: Sender address rejected: go away",
        answer("REJECT 5.5.4 go away"));
  }

  @Test
  void deferAndNumericCodesRefuseToo() {
    assertEquals(
        "450 4.7.1 <sender@example.net>: Sender address rejected: Access denied", answer("DEFER"));
    assertEquals("521 5.7.1 <sender@example.net>: Sender address rejected: bye", answer("521 bye"));
    assertEquals(
        "421 4.3.2 <sender@example.net>: Sender address rejected: later",
        answer("421 4.3.2 later"));
  }

  @Test
  void anEnhancedCodeForRecipientsIsMadeOneForSenders() {
    Scene scene = entry("550 5.1.1 no such user");
    assertEquals(
        "550 5.1.7 <sender@example.net>: Sender address rejected: no such user",
        scene.rcpt("user@example.com"));
    assertEquals(
        "mapping DSN status 5.1.1 into Sender address status 5.1.7", scene.log().getFirst());
  }

  @Test
  void okAndNumbersAcceptAndDunnoSaysNothing() {
    String list = "check_sender_access inline:{{sender@example.net = %s}}, reject";
    for (String action : List.of("OK", "ok whatever", "RELAY", "1234567890", "450")) {
      assertEquals(
          "OK",
          Scene.of("smtpd_sender_restrictions", list.formatted(action)).rcpt("user@example.com"),
          action);
    }
    assertEquals(
        "554 5.7.1 <sender@example.net>: Sender address rejected: Access denied",
        Scene.of("smtpd_sender_restrictions", list.formatted("DUNNO")).rcpt("user@example.com"));
  }

  @Test
  void acceptingASenderDoesNotLetItRelay() {
    assertEquals(
        "454 4.7.1 <x@elsewhere.test>: Relay access denied", entry("OK").rcpt("x@elsewhere.test"));
  }

  @Test
  void actionsForTheMessageGather() {
    Scene scene =
        Scene.of(
            "smtpd_recipient_restrictions",
            "check_recipient_access inline:{"
                + "{a@example.com = HOLD}, {b@example.com = BCC copy@example.com},"
                + " {c@example.com = PREPEND X-Seen: c}, {d@example.com = PREPEND X-Seen: d},"
                + " {e@example.com = FILTER smtp:[127.0.0.1]:10025},"
                + " {f@example.com = REDIRECT other@example.com}}");
    for (String user : List.of("a", "a", "b", "b", "c", "d", "e", "f")) {
      assertEquals("OK", scene.rcpt(user + "@example.com"));
    }
    assertEquals(
        new Effects(
            true,
            false,
            Optional.of("smtp:[127.0.0.1]:10025"),
            Optional.of("other@example.com"),
            List.of("copy@example.com", "copy@example.com"),
            List.of("X-Seen: c", "X-Seen: d")),
        scene.effects());
    assertEquals(1, scene.log().stream().filter(line -> line.contains(": hold: ")).count());
    assertTrue(
        scene
            .log()
            .contains(
                "NOQUEUE: filter: RCPT from client.example.net[192.0.2.7]: <e@example.com>:"
                    + " Recipient address triggers FILTER smtp:[127.0.0.1]:10025;"
                    + " from=<sender@example.net> to=<e@example.com> proto=ESMTP"
                    + " helo=<client.example.net>"),
        scene.log().toString());
    scene.session().endTransaction();
    assertEquals(Effects.NONE, scene.effects());
  }

  @Test
  void discardAcceptsEverythingElseOfTheTransaction() {
    Scene scene =
        Scene.of(
            "smtpd_recipient_restrictions",
            "check_recipient_access inline:{{spam@example.com = DISCARD}}, reject");
    assertEquals("OK", scene.rcpt("spam@example.com"));
    assertEquals("OK", scene.rcpt("user@example.com"));
    assertEquals("OK", scene.data());
    assertTrue(scene.effects().discard());
  }

  @Test
  void infoAndWarnOnlyLog() {
    Scene scene = entry("WARN look at this");
    assertEquals("OK", scene.rcpt("user@example.com"));
    assertEquals(
        List.of(
            "NOQUEUE: warn: RCPT from client.example.net[192.0.2.7]: look at this;"
                + " from=<sender@example.net> to=<user@example.com> proto=ESMTP"
                + " helo=<client.example.net>"),
        scene.log());
  }

  @Test
  void malformedActionsAreLoggedAndPassedOver() {
    for (String action :
        List.of("FILTER", "FILTER nothing", "REDIRECT nobody", "BCC nobody", "PREPEND no header")) {
      Scene scene = entry(action);
      assertEquals("OK", scene.rcpt("user@example.com"), action);
      assertEquals(Effects.NONE, scene.effects(), action);
      assertTrue(scene.log().getFirst().startsWith("warning: access table inline:"), action);
    }
  }

  @Test
  void aTableMayNameAClassButNoTable() {
    assertEquals(
        "554 5.7.1 <sender@example.net>: Sender address rejected: Access denied",
        Scene.of(
                "smtpd_restriction_classes", "greylist",
                "greylist", "permit_mynetworks, reject",
                "smtpd_sender_restrictions",
                    "check_sender_access inline:{{sender@example.net = greylist}}")
            .rcpt("user@example.com"));
    assertEquals(
        "451 4.3.5 Server configuration error", answer("check_client_access inline:{a=b}"));
    assertEquals("451 4.3.5 Server configuration error", answer("nonsense"));
  }

  @Test
  void classesThatCallOneAnotherEnd() {
    assertEquals(
        "451 4.3.5 Server configuration error",
        Scene.of(
                "smtpd_restriction_classes", "one, two",
                "one", "two",
                "two", "one",
                "smtpd_client_restrictions", "one")
            .rcpt("user@example.com"));
  }

  @Test
  void aTableThatCannotAnswerRefusesAndNeverAccepts() {
    Scene scene = Scene.of("smtpd_client_restrictions", "check_client_access fail:table, permit");
    assertEquals(
        "451 4.3.5 <client.example.net[192.0.2.7]>: Client host rejected: Server configuration"
            + " error",
        scene.rcpt("user@example.com"));
    assertTrue(scene.log().getFirst().contains("fail:table"), scene.log().toString());
    assertEquals(
        "451 4.3.5 <client.example.net[192.0.2.7]>: Client host rejected: Server configuration"
            + " error",
        Scene.of("smtpd_client_restrictions", "check_client_access hash:/nonexistent/table")
            .rcpt("user@example.com"));
    assertEquals(
        "451 4.3.0 <user@example.com>: Temporary lookup failure",
        Scene.of("mynetworks", "fail:networks").rcpt("user@example.com"));
  }

  @Test
  void withoutDelayActionsBeforeMailAreSkippedWithAWarning() {
    Scene scene =
        Scene.of(
                "smtpd_delay_reject", "no",
                "smtpd_client_restrictions", "check_client_access static:HOLD")
            .noSender();
    assertEquals("OK", scene.connect());
    assertEquals(
        List.of(
            "warning: access table static:HOLD: with smtpd_delay_reject=no, action HOLD is always"
                + " skipped in Client host or Helo command restrictions"),
        scene.log());
  }

  @Test
  void hangupEndsTheConnection() {
    assertEquals("HANGUP", answer("HANGUP"));
  }

  @Test
  void permitsAreLoggedWhenAskedFor() {
    Scene scene =
        Scene.of(
            "smtpd_log_access_permit_actions", "permit_mynetworks", "mynetworks", "192.0.2.0/24");
    assertEquals("OK", scene.rcpt("user@example.com"));
    assertEquals(
        List.of(
            "NOQUEUE: permit: RCPT from client.example.net[192.0.2.7]: action=permit_mynetworks for"
                + " Client host=client.example.net[192.0.2.7] ; from=<sender@example.net>"
                + " to=<user@example.com> proto=ESMTP helo=<client.example.net>"),
        scene.log());
  }

  @Test
  void hostileTextBecomesOneLine() {
    Scene scene =
        Scene.of("smtpd_helo_restrictions", "reject_invalid_helo_hostname")
            .helo("a\r\nQUIT\u0007\u00ff");
    assertEquals(
        "501 5.5.2 <a  QUIT  >: Helo command rejected: Invalid name",
        scene.rcpt("user@example.com"));
  }
}
