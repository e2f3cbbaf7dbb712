package org.jmail.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What pipe(8) gives to commands, and how it takes their ends, is what Debian's real Postfix does.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class PipeJudgeTest {

  private final Mailer mailer;
  private final SystemMail mail;

  PipeJudgeTest(Mailer mailer) {
    this.mailer = mailer;
    this.mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"commands"})
  void deliversAsClaimed(String claims) {
    DeliveryClaims.read("pipe/" + claims).assertHeldBy(mailer, mail);
  }
}
