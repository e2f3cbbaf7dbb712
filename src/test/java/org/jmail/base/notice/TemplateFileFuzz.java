package org.jmail.base.notice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.notice.BounceTemplate.Kind;

/// bounce_template_file: any text is templates, or a BadValueException that names a line. All
/// templates are there afterwards, and their headers are one line each.
public final class TemplateFileFuzz {

  private TemplateFileFuzz() {}

  /// Takes octets: a file.
  public static void fuzzerTestOneInput(byte[] octets) {
    Map<Kind, BounceTemplate> templates = BuiltInTemplates.all(true);
    try {
      TemplateFile.parse(
          "bounce.cf",
          new String(octets, ISO_8859_1),
          templates,
          warning -> assertTrue(warning.startsWith("bounce.cf, line "), warning));
    } catch (BadValueException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith("bounce.cf, line "), e.toString());
    }
    assertEquals(Kind.values().length, templates.size());
    for (BounceTemplate template : templates.values()) {
      assertFalse(template.text().isEmpty());
      List.of(template.charset(), template.from(), template.subject(), template.postmasterSubject())
          .forEach(value -> assertTrue(value.indexOf('\n') < 0, value));
      try {
        template.expand(name -> name.isEmpty() ? Optional.empty() : Optional.of("v"));
      } catch (BadValueException e) {
        assertFalse(String.valueOf(e.getMessage()).isEmpty());
      }
    }
    again(templates);
  }

  /// What postconf -t prints reads as itself.
  private static void again(Map<Kind, BounceTemplate> templates) {
    boolean marked =
        templates.values().stream().flatMap(t -> t.text().stream()).anyMatch("EOF"::equals);
    if (marked) {
      return;
    }
    Map<Kind, Notices.Notice> notices = new EnumMap<>(Kind.class);
    templates.forEach((kind, one) -> notices.put(kind, new Notices.Notice(one, one.text())));
    Map<Kind, BounceTemplate> read = BuiltInTemplates.all(true);
    try {
      TemplateFile.parse(
          "again",
          new Notices(notices).source(),
          read,
          warning -> {
            throw new AssertionError(warning);
          });
    } catch (BadValueException e) {
      throw new AssertionError(e);
    }
    templates.forEach((kind, one) ->
        assertEquals(one.withOrigin("x"), read.getOrDefault(kind, one).withOrigin("x")));
  }
}
