package org.jmail.network.bounce;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.notice.NoticeParameters;
import org.jmail.base.notice.Notices;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.TableParameters;

/// The values of [BounceParameters] and what else notifications need.
///
/// @param doubleBounceSender complete, with its domain
/// @param utf8 smtputf8_enable
/// @param own how notifications go through cleanup
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
    OwnMail own,
    Notices notices) {

  /// The *_notice_recipient parameters.
  record Recipients(String bounce, String doubleBounce, String delay, String error) {}

  /// As configured.
  ///
  /// @param warnings takes what is wrong with single templates
  /// @throws BadValueException also for mistakes in bounce_template_file
  public static BounceSettings of(Config config, Consumer<String> warnings)
      throws BadValueException {
    return new BounceSettings(
        config.get(BaseParameters.MYHOSTNAME),
        config.get(BaseParameters.MAIL_NAME),
        ZoneId.systemDefault(),
        AddressRewriter.local(config).internal(config.get(BounceParameters.DOUBLE_BOUNCE_SENDER)),
        NotifyClass.parse(config),
        new Recipients(
            config.get(BounceParameters.BOUNCE_NOTICE_RECIPIENT),
            config.get(BounceParameters.DOUBLE_BOUNCE_NOTICE_RECIPIENT),
            config.get(BounceParameters.DELAY_NOTICE_RECIPIENT),
            config.get(BounceParameters.ERROR_NOTICE_RECIPIENT)),
        config.get(BounceParameters.BOUNCE_SIZE_LIMIT),
        config.get(NoticeParameters.MAXIMAL_QUEUE_LIFETIME),
        config.get(NoticeParameters.DELAY_WARNING_TIME),
        !config.get(BounceParameters.DISABLE_VERP_BOUNCES),
        config.get(BounceParameters.ENABLE_THREADED_BOUNCES),
        config.get(TableParameters.SMTPUTF8_ENABLE),
        OwnMail.of(config, OwnMail.Kind.BOUNCE),
        Notices.of(config, warnings));
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
