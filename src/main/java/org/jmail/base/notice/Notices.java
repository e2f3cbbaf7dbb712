package org.jmail.base.notice;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.notice.BounceTemplate.Kind;

/// The templates of a configuration, each with its text after names were replaced by values.
public record Notices(Map<Kind, Notice> byKind) {

  /// A template, and its text with values for names.
  public record Notice(BounceTemplate template, List<String> text) {
    public Notice {
      text = List.copyOf(text);
    }
  }

  public Notices {
    byKind = new EnumMap<>(byKind);
  }

  /// As configured.
  ///
  /// @param warnings takes what is wrong with single templates, which are left out
  /// @throws BadValueException when the file cannot be read at all, or names what is no parameter
  public static Notices of(Config config, Consumer<String> warnings) throws BadValueException {
    return of(config, config.get(NoticeParameters.BOUNCE_TEMPLATE_FILE), warnings);
  }

  /// The same with another file; empty for none.
  public static Notices of(Config config, String file, Consumer<String> warnings)
      throws BadValueException {
    boolean standard = !config.lookup("header_from_format").filter("obsolete"::equals).isPresent();
    Map<Kind, BounceTemplate> templates = BuiltInTemplates.all(standard);
    if (!file.isEmpty()) {
      TemplateFile.read(file, templates, warnings);
    }
    Map<Kind, Notice> notices = new EnumMap<>(Kind.class);
    for (BounceTemplate template : templates.values()) {
      TemplateValues values = new TemplateValues(config, template, warnings);
      try {
        notices.put(template.kind(), new Notice(template, template.expand(values)));
      } catch (BadValueException e) {
        throw new BadValueException(
            template.origin() + ": " + template.kind().word() + "_template: " + e.getMessage(), e);
      }
    }
    return new Notices(notices);
  }

  /// The one of a kind.
  public Notice of(Kind kind) {
    Notice notice = byKind.get(kind);
    if (notice == null) {
      throw new IllegalStateException("no " + kind.word() + " template");
    }
    return notice;
  }

  /// All of them in the form of bounce_template_file (postconf -t).
  public String source() {
    StringBuilder out = new StringBuilder();
    for (Kind kind : Kind.values()) {
      BounceTemplate template = of(kind).template();
      out.append(out.isEmpty() ? "" : "\n").append(kind.word()).append("_template = <<EOF\n");
      out.append("Charset: ").append(template.charset()).append('\n');
      out.append("From: ").append(template.from()).append('\n');
      out.append("Subject: ").append(template.subject()).append('\n');
      if (!template.postmasterSubject().isEmpty()) {
        out.append("Postmaster-Subject: ").append(template.postmasterSubject()).append('\n');
      }
      out.append('\n');
      template.text().forEach(line -> out.append(line).append('\n'));
      out.append("EOF\n");
    }
    return out.toString();
  }

  /// All texts with values for names (postconf -b).
  public String expanded() {
    StringBuilder out = new StringBuilder();
    for (Kind kind : Kind.values()) {
      out.append(out.isEmpty() ? "" : "\n").append("expanded_").append(kind.word());
      out.append("_text = <<EOF\n");
      of(kind).text().forEach(line -> out.append(line).append('\n'));
      out.append("EOF\n");
    }
    return out.toString();
  }
}
