package org.jmail.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What local(8) does and logs, mail by mail, is what Debian's real Postfix does and logs: the
/// claims of [DeliveryClaims] in `local/*.claims`, put to both.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class LocalJudgeTest {

  private final Mailer mailer;
  private final SystemMail mail;

  LocalJudgeTest(Mailer mailer) {
    this.mailer = mailer;
    this.mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"loops", "commands", "files", "mailboxes", "transports"})
  void deliversAsClaimed(String claims) {
    DeliveryClaims.read("local/" + claims).assertHeldBy(mailer, mail);
  }
}
