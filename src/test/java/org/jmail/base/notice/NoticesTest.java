package org.jmail.base.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.jmail.base.notice.BounceTemplate.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoticesTest {

  @TempDir private Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private String failureText(String text) throws BadValueException, IOException {
    Path file = folder.resolve("bounce.cf");
    Files.writeString(file, "failure_template = <<EOF\n\n" + text + "\nEOF\n");
    settings.put("bounce_template_file", file.toString());
    Notices notices = Notices.of(TestConfig.of(settings), warnings::add);
    return String.join("\n", notices.of(Kind.FAILURE).text());
  }

  @Test
  void aTimeIsGivenInTheUnitThatTheNameAsksFor() throws Exception {
    settings.put("maximal_queue_lifetime", "14d");
    assertEquals(
        "2 weeks, 14 days, 336 hours",
        failureText(
            "$maximal_queue_lifetime_weeks weeks, ${maximal_queue_lifetime_days} days,"
                + " $(maximal_queue_lifetime_hours) hours"));
    assertEquals(List.of(), warnings);
  }

  @Test
  void aUnitThatDoesNotFitIsWarnedAbout() throws Exception {
    settings.put("maximal_queue_lifetime", "30m");
    settings.put("delay_warning_time", "1d");
    assertEquals(
        "0 86400", failureText("$maximal_queue_lifetime_hours $delay_warning_time_seconds"));
    String file = folder.resolve("bounce.cf").toString();
    assertTrue(
        warnings.contains(
            file
                + ": zero result in failure template conversion of parameter"
                + " \"maximal_queue_lifetime_hours\": please reduce time unit \"hours\" of"
                + " \"maximal_queue_lifetime_hours\" in failure template (see bounce(5))"),
        warnings.toString());
    assertTrue(
        warnings.stream()
            .anyMatch(line -> line.startsWith(file + ": excessive result \"86400\" in failure")),
        warnings.toString());
  }

  @Test
  void aUnitThatDoesNotExistIsRefused() {
    BadValueException e =
        assertThrows(BadValueException.class, () -> failureText("$delay_warning_time_years"));
    assertTrue(
        String.valueOf(e.getMessage()).contains("failure_template: unrecognized suffix \"years\""),
        e.getMessage());
  }

  @Test
  void theNameOfTheMachineIsShownAsPeopleWriteIt() throws Exception {
    settings.put("myhostname", "xn--mller-kva.example");
    settings.put("smtputf8_enable", "yes");
    assertEquals("m\u00c3\u00bcller.example", failureText("$myhostname"));
    settings.put("smtputf8_enable", "no");
    assertEquals("xn--mller-kva.example", failureText("$myhostname"));
  }
}
