package org.jmail.base.notice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.message.HeaderSyntax;
import org.jmail.base.notice.BounceTemplate.Kind;

/// Reads bounce_template_file (bounce(5); Postfix bounce_templates.c, bounce_template.c). What is
/// wrong within one template costs that template only: a warning, and the built-in one is used.
final class TemplateFile {

  private static final String BLANK = " \t\n\u000b\f\r";

  private final String file;
  private final Map<Kind, BounceTemplate> templates;
  private final List<BounceTemplate> builtIn;
  private final Consumer<String> warnings;
  private final Iterator<String> lines;
  private int number;

  private TemplateFile(
      String file, String text, Map<Kind, BounceTemplate> templates, Consumer<String> warnings) {
    this.file = file;
    this.templates = templates;
    this.builtIn = List.copyOf(templates.values());
    this.warnings = warnings;
    List<String> all = new ArrayList<>(List.of(text.split("\n", -1)));
    if (text.isEmpty() || text.endsWith("\n")) {
      all.removeLast();
    }
    this.lines = all.iterator();
  }

  /// Replaces those templates that the file has.
  static void read(String file, Map<Kind, BounceTemplate> templates, Consumer<String> warnings)
      throws BadValueException {
    String text;
    try {
      text = new String(Files.readAllBytes(Path.of(file)), ISO_8859_1);
    } catch (IOException e) {
      throw new BadValueException(
          "bounce_template_file: cannot read " + file + ": " + e.getMessage(), e);
    }
    parse(file, text, templates, warnings);
  }

  static void parse(
      String file, String text, Map<Kind, BounceTemplate> templates, Consumer<String> warnings)
      throws BadValueException {
    new TemplateFile(file, text, templates, warnings).read();
  }

  private void read() throws BadValueException {
    while (lines.hasNext()) {
      String line = next();
      String content = trim(line);
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      int equals = content.indexOf('=');
      String name = equals < 0 ? "" : trim(content.substring(0, equals));
      if (name.isEmpty() || name.chars().anyMatch(c -> BLANK.indexOf(c) >= 0)) {
        throw new BadValueException(place() + "need \"name = value\": \"" + content + "\"");
      }
      String value = trim(content.substring(equals + 1));
      int begun = number;
      take(name, value.startsWith("<<") ? untilMarker(trim(value.substring(2))) : value, begun);
    }
  }

  private String next() {
    number++;
    return lines.next();
  }

  private String place() {
    return file + ", line " + number + ": ";
  }

  private String untilMarker(String marker) throws BadValueException {
    if (marker.isEmpty()) {
      throw new BadValueException(place() + "missing end marker after <<");
    }
    if (!Character.isLetterOrDigit(marker.charAt(0)) || marker.charAt(0) > 0x7f) {
      throw new BadValueException(
          place() + "the end marker after << must begin with a letter or digit");
    }
    StringBuilder text = new StringBuilder();
    while (lines.hasNext()) {
      String line = next();
      if (line.equals(marker)) {
        return text.toString();
      }
      text.append(text.isEmpty() ? "" : "\n").append(line);
    }
    warnings.accept(place() + "missing \"" + marker + "\" end marker");
    return text.toString();
  }

  private void take(String name, String value, int line) {
    for (Kind kind : Kind.values()) {
      if (name.equals(kind.word() + "_template")) {
        try {
          templates.put(kind, parsed(builtIn(kind), value));
        } catch (BadValueException e) {
          warnings.accept(
              "%s, line %d: %s in %s template -- ignoring this template"
                  .formatted(file, line, e.getMessage(), kind.word()));
        }
        return;
      }
    }
    warnings.accept(
        "%s, line %d: unknown template name: %s -- ignoring this template"
            .formatted(file, line, name));
  }

  private BounceTemplate builtIn(Kind kind) {
    return builtIn.stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
  }

  private BounceTemplate parsed(BounceTemplate builtIn, String text) throws BadValueException {
    BounceTemplate template = builtIn.withOrigin(file);
    List<String> rest = new ArrayList<>(List.of(text.split("\n", -1)));
    while (!rest.isEmpty() && HeaderSyntax.isHeader(rest.getFirst())) {
      template = withHeader(template, rest.removeFirst());
    }
    while (!rest.isEmpty() && trim(rest.getFirst()).isEmpty()) {
      rest.removeFirst();
    }
    if (rest.isEmpty()) {
      throw new BadValueException("missing message text");
    }
    BounceTemplate whole = template.withText(rest);
    if (whole.isEightBit() && whole.isAscii()) {
      throw new BadValueException(
          "8-bit message text (name a Charset: other than us-ascii before it)");
    }
    return whole;
  }

  private static BounceTemplate withHeader(BounceTemplate template, String header)
      throws BadValueException {
    String name = HeaderSyntax.name(header);
    String value = header.substring(header.indexOf(':'));
    while (!value.isEmpty() && (value.charAt(0) == ':' || BLANK.indexOf(value.charAt(0)) >= 0)) {
      value = value.substring(1);
    }
    if (value.isEmpty()) {
      throw new BadValueException("empty \"" + name + "\" header value");
    }
    if (value.chars().anyMatch(c -> c > 0x7f)) {
      throw new BadValueException("non-ASCII \"" + name + "\" header value");
    }
    return switch (name.toLowerCase(java.util.Locale.ROOT)) {
      case "charset" -> template.withCharset(value);
      case "from" -> template.withFrom(value);
      case "subject" -> template.withSubject(value);
      case "postmaster-subject" -> {
        if (template.postmasterSubject().isEmpty()) {
          throw new BadValueException("inapplicable \"" + name + "\" header label");
        }
        yield template.withPostmasterSubject(value);
      }
      default -> throw new BadValueException("unknown \"" + name + "\" header label");
    };
  }

  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && BLANK.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && BLANK.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}
