package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Programs that close their standard streams before they call sendmail, as daemons do.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class ClosedStreamsTest {

  private final SystemMail mail;

  ClosedStreamsTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void aClosedStandardInputIsAnEmptyMessageAndNoFileOfOurs() {
    mail.aliases("postmaster: root\n").start();
    mail.machine().sh("sendmail joe <&-");
    mail.machine().sh("sendmail joe <&- >&- 2>&-");
    mail.logLine("to=<joe@localhost.*status=sent", Duration.ofMinutes(1));
    mail.logLine("(?s)to=<joe@localhost.*status=sent.*status=sent", Duration.ofMinutes(1));
    assertEquals(
        "0", mail.machine().sh("grep -c 'PK\\|CAFE\\|jmail.jar' /var/mail/joe || true").strip());
    assertEquals("2", mail.machine().sh("grep -c '^From ' /var/mail/joe").strip());
  }
}
