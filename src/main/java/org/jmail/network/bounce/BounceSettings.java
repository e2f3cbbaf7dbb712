package org.jmail.network.bounce;

import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.TableParameters;
import org.jmail.network.bounce.BounceTemplate.Kind;
import org.jmail.network.cleanup.CleanupParameters;

/// The values of [BounceParameters] and what else notifications need.
///
/// @param doubleBounceSender complete, with its domain
/// @param utf8 smtputf8_enable
public record BounceSettings(
    String myhostname,
    String mailName,
    ZoneId zone,
    String doubleBounceSender,
    Set<NotifyClass> classes,
    Recipients recipients,
    long sizeLimit,
    Duration lifetime,
    Duration warningTime,
    boolean verpBounces,
    boolean threaded,
    boolean utf8,
    boolean filtered,
    Map<Kind, Notice> notices) {

  /// The *_notice_recipient parameters.
  record Recipients(String bounce, String doubleBounce, String delay, String error) {}

  /// A template, and its text with values for names.
  record Notice(BounceTemplate template, List<String> text) {
    Notice {
      text = List.copyOf(text);
    }
  }

  /// As configured.
  ///
  /// @param warnings takes what is wrong with single templates
  /// @throws BadValueException also for mistakes in bounce_template_file
  public static BounceSettings of(Config config, Consumer<String> warnings)
      throws BadValueException {
    TemplateValues values = TemplateValues.of(config);
    Map<Kind, Notice> notices = new EnumMap<>(Kind.class);
    for (Map.Entry<Kind, BounceTemplate> entry : templates(config, warnings).entrySet()) {
      BounceTemplate template = entry.getValue();
      try {
        notices.put(entry.getKey(), new Notice(template, template.expand(values)));
      } catch (BadValueException e) {
        throw new BadValueException(
            template.origin() + ": " + entry.getKey().word() + "_template: " + e.getMessage(), e);
      }
    }
    return new BounceSettings(
        config.get(BaseParameters.MYHOSTNAME),
        config.get(BaseParameters.MAIL_NAME),
        ZoneId.systemDefault(),
        AddressRewriter.local(config).internal(config.get(BounceParameters.DOUBLE_BOUNCE_SENDER)),
        NotifyClass.parse(config.get(BounceParameters.NOTIFY_CLASSES)),
        new Recipients(
            config.get(BounceParameters.BOUNCE_NOTICE_RECIPIENT),
            config.get(BounceParameters.DOUBLE_BOUNCE_NOTICE_RECIPIENT),
            config.get(BounceParameters.DELAY_NOTICE_RECIPIENT),
            config.get(BounceParameters.ERROR_NOTICE_RECIPIENT)),
        config.get(BounceParameters.BOUNCE_SIZE_LIMIT),
        config.get(BounceParameters.MAXIMAL_QUEUE_LIFETIME),
        config.get(BounceParameters.DELAY_WARNING_TIME),
        !config.get(BounceParameters.DISABLE_VERP_BOUNCES),
        config.get(BounceParameters.ENABLE_THREADED_BOUNCES),
        config.get(TableParameters.SMTPUTF8_ENABLE),
        config.get(BounceParameters.INTERNAL_MAIL_FILTER_CLASSES).contains("bounce"),
        Map.copyOf(notices));
  }

  private static Map<Kind, BounceTemplate> templates(Config config, Consumer<String> warnings)
      throws BadValueException {
    boolean standard =
        config.get(CleanupParameters.HEADER_FROM_FORMAT)
            == CleanupParameters.HeaderFromFormat.STANDARD;
    Map<Kind, BounceTemplate> templates = BuiltInTemplates.all(standard);
    String file = config.get(BounceParameters.BOUNCE_TEMPLATE_FILE);
    if (!file.isEmpty()) {
      TemplateFile.read(file, templates, warnings);
    }
    return templates;
  }

  Notice notice(Kind kind) {
    Notice notice = notices.get(kind);
    if (notice == null) {
      throw new IllegalStateException("no " + kind.word() + " template");
    }
    return notice;
  }

  /// Whether postmaster is told of these.
  boolean tells(NotifyClass one) {
    return classes.contains(one);
  }

  /// mail_name as an atom (RFC 3464 section 2.1.2 wants one after `X-`).
  String atom() {
    StringBuilder atom = new StringBuilder(mailName);
    for (int i = 0; i < atom.length(); i++) {
      if (" \t\r\n()<>@,;:\\\".[]".indexOf(atom.charAt(i)) >= 0) {
        atom.setCharAt(i, '-');
      }
    }
    return atom.toString();
  }
}
