package org.jmail.base.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.notice.BounceTemplate.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateFileTest {

  private final List<String> warnings = new ArrayList<>();

  private Map<Kind, BounceTemplate> parse(String text) throws BadValueException {
    Map<Kind, BounceTemplate> templates = BuiltInTemplates.all(true);
    TemplateFile.parse("b.cf", text, templates, warnings::add);
    return templates;
  }

  private static BounceTemplate get(Map<Kind, BounceTemplate> templates, Kind kind) {
    return Optional.ofNullable(templates.get(kind)).orElseThrow();
  }

  @Test
  void aTemplateReplacesWhatItNamesOnly() throws BadValueException {
    Map<Kind, BounceTemplate> templates =
        parse("# c\n\ndelay_template = <<END\nSubject: late\n\n # kept\n\nwait\nEND\n");

    BounceTemplate delay = get(templates, Kind.DELAY);
    assertEquals("late", delay.subject());
    assertEquals("Mail Delivery System <MAILER-DAEMON>", delay.from());
    assertEquals(List.of(" # kept", "", "wait"), delay.text());
    assertEquals("[built-in]", get(templates, Kind.FAILURE).origin());
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @CsvSource({
    "failure_template = <<E\\nSubject:\\nE\\n, 'b.cf, line 1: empty \"Subject\" header value in failure template -- ignoring this template'",
    "failure_template = <<E\\nX-A: b\\n\\nc\\nE\\n, 'b.cf, line 1: unknown \"X-A\" header label in failure template -- ignoring this template'",
    "verify_template = <<E\\nPostmaster-Subject: b\\n\\nc\\nE\\n, 'b.cf, line 1: inapplicable \"Postmaster-Subject\" header label in verify template -- ignoring this template'",
    "delay_template = <<E\\nSubject: b\\n\\nE\\n, 'b.cf, line 1: missing message text in delay template -- ignoring this template'",
    "other_template = <<E\\nx\\nE\\n, 'b.cf, line 1: unknown template name: other_template -- ignoring this template'",
  })
  void aMistakeInATemplateCostsThatTemplate(String text, String warning) throws BadValueException {
    Map<Kind, BounceTemplate> templates = parse(text.replace("\\n", "\n"));

    assertEquals(List.of(warning), warnings);
    assertEquals(BuiltInTemplates.all(true), templates);
  }

  @Test
  void eightBitTextNeedsACharset() throws BadValueException {
    parse("failure_template = <<E\nSubject: b\n\n\u00e9\nE\n");
    assertEquals(1, warnings.size());

    Map<Kind, BounceTemplate> templates =
        parse("failure_template = <<E\nCharset: iso-8859-1\n\n\u00e9\nE\n");
    assertEquals(List.of("\u00e9"), get(templates, Kind.FAILURE).text());
  }

  @Test
  void aMissingEndIsWarnedAbout() throws BadValueException {
    Map<Kind, BounceTemplate> templates = parse("failure_template = <<E\nx\n");

    assertEquals(List.of("b.cf, line 2: missing \"E\" end marker"), warnings);
    assertEquals(List.of("x"), get(templates, Kind.FAILURE).text());
  }

  @ParameterizedTest
  @CsvSource({"nonsense", "= x", "failure_template = <<", "failure_template = <<!"})
  void whatIsNoTemplateAtAllIsRefusedWithItsPlace(String text) {
    BadValueException e = assertThrows(BadValueException.class, () -> parse("\n" + text + "\n"));

    assertEquals(0, String.valueOf(e.getMessage()).indexOf("b.cf, line 2: "));
  }

  @Test
  void everyPieceOfAFileGivesTemplatesOrAnError() {
    String text =
        "# c\nfailure_template = <<E\nCharset: x\nSubject: b\n\nt $a\nE\ndelay_template=x\n";
    for (int from = 0; from < text.length(); from++) {
      for (int to = from; to <= text.length(); to++) {
        try {
          assertEquals(4, parse(text.substring(from, to)).size());
        } catch (BadValueException e) {
          assertEquals(0, String.valueOf(e.getMessage()).indexOf("b.cf, line "));
        }
      }
    }
  }
}
