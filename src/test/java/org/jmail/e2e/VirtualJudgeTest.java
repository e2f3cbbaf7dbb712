package org.jmail.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What virtual(8) does and logs is what Debian's real Postfix does and logs.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class VirtualJudgeTest {

  private final Mailer mailer;
  private final SystemMail mail;

  VirtualJudgeTest(Mailer mailer) {
    this.mailer = mailer;
    this.mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailboxes"})
  void deliversAsClaimed(String claims) {
    DeliveryClaims.read("virtual/" + claims).assertHeldBy(mailer, mail);
  }
}
