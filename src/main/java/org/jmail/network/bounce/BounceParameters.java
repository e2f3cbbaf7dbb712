package org.jmail.network.bounce;

import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// Who is told what when mail cannot be delivered.
public final class BounceParameters implements ParameterSet {

  public static final Parameter<Long> BOUNCE_SIZE_LIMIT =
      Parameter.number(
          "bounce_size_limit",
          "50000",
          1,
          0,
          "The largest message that is returned whole. Of a larger one only the headers are.");

  public static final Parameter<List<String>> NOTIFY_CLASSES =
      Parameter.list(
          "notify_classes",
          "resource, software",
          "What postmaster is told about: bounce, 2bounce, data, delay, policy, protocol, resource,"
              + " software.");

  public static final Parameter<String> BOUNCE_NOTICE_RECIPIENT =
      Parameter.required(
          "bounce_notice_recipient",
          "postmaster",
          "Who gets copies of returned mail, for the class bounce.");

  public static final Parameter<String> DOUBLE_BOUNCE_NOTICE_RECIPIENT =
      Parameter.required(
          "2bounce_notice_recipient",
          "postmaster",
          "Who gets returned mail that cannot be returned, for the classes bounce and 2bounce.");

  public static final Parameter<String> DELAY_NOTICE_RECIPIENT =
      Parameter.required(
          "delay_notice_recipient",
          "postmaster",
          "Who is told of delayed mail, for the class delay.");

  public static final Parameter<String> ERROR_NOTICE_RECIPIENT =
      Parameter.required(
          "error_notice_recipient",
          "postmaster",
          "Who is told of what belongs to the other classes.");

  public static final Parameter<String> DOUBLE_BOUNCE_SENDER =
      Parameter.required(
          "double_bounce_sender",
          "double-bounce",
          "The sender of mail to postmaster about mail. What cannot be delivered from or to it is"
              + " dropped.");

  public static final Parameter<Boolean> CONFIRM_DELAY_CLEARED =
      Parameter.bool(
          "confirm_delay_cleared",
          false,
          "Tell a sender who was told of delay when the mail is delivered after all.");

  public static final Parameter<Boolean> DISABLE_VERP_BOUNCES =
      Parameter.bool(
          "disable_verp_bounces",
          false,
          "Send one report for all recipients that failed, to the sender as it is, even of mail"
              + " with variable envelope return paths.");

  public static final Parameter<Boolean> ENABLE_THREADED_BOUNCES =
      Parameter.bool(
          "enable_threaded_bounces",
          false,
          "Let a notification refer to the Message-ID of the mail it is about, so that mail readers"
              + " show both together.");

  public static final Parameter<List<String>> INTERNAL_MAIL_FILTER_CLASSES =
      Parameter.list(
          "internal_mail_filter_classes",
          "",
          "Mail of the mail system itself that passes header_checks and body_checks too: bounce,"
              + " notify.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        BOUNCE_SIZE_LIMIT,
        NOTIFY_CLASSES,
        BOUNCE_NOTICE_RECIPIENT,
        DOUBLE_BOUNCE_NOTICE_RECIPIENT,
        DELAY_NOTICE_RECIPIENT,
        ERROR_NOTICE_RECIPIENT,
        DOUBLE_BOUNCE_SENDER,
        CONFIRM_DELAY_CLEARED,
        DISABLE_VERP_BOUNCES,
        ENABLE_THREADED_BOUNCES,
        INTERNAL_MAIL_FILTER_CLASSES);
  }

  @Override
  public void check(Configuration configuration) throws BadValueException {
    NotifyClass.parse(configuration.main());
  }
}
