package org.jmail.base.spool;

import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How mail comes in from programs of this machine.
public final class SubmissionParameters implements ParameterSet {

  public static final Parameter<String> AUTHORIZED_SUBMIT_USERS =
      Parameter.text(
          "authorized_submit_users",
          "static:anyone",
          "The users who may submit mail with sendmail: names, files with names and lookup tables,"
              + " each excluded by a \"!\" in front. A user without a passwd entry is \"unknown\".");

  public static final Parameter<String> LOCAL_LOGIN_SENDER_MAPS =
      Parameter.text(
          "local_login_sender_maps",
          "static:*",
          "The envelope senders that each login name may use with sendmail, separated by comma or"
              + " white space: addresses, \"@domain\", or \"*\" for any. A user without a passwd"
              + " entry is looked up as \"uid:\" and his number.");

  public static final Parameter<String> EMPTY_ADDRESS_LOCAL_LOGIN_SENDER_MAPS_LOOKUP_KEY =
      Parameter.text(
          "empty_address_local_login_sender_maps_lookup_key",
          "<>",
          "What stands for the null sender in the results of local_login_sender_maps.");

  public static final Parameter<String> DEFAULT_VERP_DELIMITERS =
      Parameter.required(
          "default_verp_delimiters",
          "+=",
          "What stands around the recipient in a variable envelope return path, when sendmail -XV"
              + " does not say.");

  public static final Parameter<String> VERP_DELIMITER_FILTER =
      Parameter.required(
          "verp_delimiter_filter", "-=+", "The characters that sendmail -XV takes as delimiters.");

  public static final Parameter<String> SENDMAIL_FIX_LINE_ENDINGS =
      Parameter.oneOf(
          "sendmail_fix_line_endings",
          "always",
          List.of("always", "strict", "never"),
          "When sendmail takes CRLF for a line end: \"always\", \"strict\" (if the first line ends"
              + " so) or \"never\".");

  public static final Parameter<Long> HEADER_SIZE_LIMIT =
      Parameter.number(
          "header_size_limit",
          "102400",
          1,
          0,
          "The most octets of one message header, continuation lines included; what is over is"
              + " cut. sendmail -t refuses the message instead.");

  public static final Parameter<Long> LINE_LENGTH_LIMIT =
      Parameter.number(
          "line_length_limit",
          "2048",
          512,
          1 << 24,
          "Lines longer than this many octets are handled in pieces.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        AUTHORIZED_SUBMIT_USERS,
        LOCAL_LOGIN_SENDER_MAPS,
        EMPTY_ADDRESS_LOCAL_LOGIN_SENDER_MAPS_LOOKUP_KEY,
        DEFAULT_VERP_DELIMITERS,
        VERP_DELIMITER_FILTER,
        SENDMAIL_FIX_LINE_ENDINGS,
        HEADER_SIZE_LIMIT,
        LINE_LENGTH_LIMIT);
  }

  @Override
  public void check(Configuration configuration) throws BadValueException {
    SpoolOwners.of(configuration.main());
  }
}
