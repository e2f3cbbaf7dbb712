package org.jmail.base.maillog;

import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// Where log lines go.
public final class MaillogParameters implements ParameterSet {

  public static final Parameter<String> MAILLOG_FILE =
      Parameter.text(
          "maillog_file",
          "",
          "The file that takes the log instead of syslog. It must begin with one of"
              + " maillog_file_prefixes. Use /dev/stdout with \"postfix start-fg\" in a container.");

  public static final Parameter<List<String>> MAILLOG_FILE_PREFIXES =
      Parameter.list(
          "maillog_file_prefixes",
          "/var, /dev/stdout",
          "What the name of maillog_file may begin with.");

  public static final Parameter<String> MAILLOG_FILE_PERMISSIONS =
      new Parameter<>(
          "maillog_file_permissions",
          "0600",
          "The mode of a maillog_file when it is made: 0600, 0640 or 0644.",
          MaillogParameters::permissions);

  public static final Parameter<String> MAILLOG_FILE_COMPRESSOR =
      Parameter.text(
          "maillog_file_compressor",
          "gzip",
          "The program that \"postfix logrotate\" runs on the file it has put aside.");

  public static final Parameter<String> MAILLOG_FILE_ROTATE_SUFFIX =
      Parameter.text(
          "maillog_file_rotate_suffix",
          "%Y%m%d-%H%M%S",
          "What \"postfix logrotate\" appends to the name of the file it puts aside, in the form"
              + " of strftime(3).");

  public static final Parameter<Integer> SYSLOG_FACILITY =
      new Parameter<>(
          "syslog_facility",
          "mail",
          "The syslog facility: mail, daemon, user, local0 to local7 and the other names of"
              + " syslog.conf(5).",
          MaillogParameters::facility);

  public static final Parameter<String> SYSLOG_NAME =
      Parameter.required(
          "syslog_name",
          "${multi_instance_name?{$multi_instance_name}:{postfix}}",
          "What stands before the program's name in a log line, as in \"postfix/qmgr\".");

  public static final Parameter<Long> DELAY_LOGGING_RESOLUTION_LIMIT =
      Parameter.number(
          "delay_logging_resolution_limit",
          "2",
          0,
          6,
          "The most digits behind the decimal point in the delays that are logged.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        MAILLOG_FILE,
        MAILLOG_FILE_PREFIXES,
        MAILLOG_FILE_PERMISSIONS,
        MAILLOG_FILE_COMPRESSOR,
        MAILLOG_FILE_ROTATE_SUFFIX,
        SYSLOG_FACILITY,
        SYSLOG_NAME,
        DELAY_LOGGING_RESOLUTION_LIMIT);
  }

  private static String permissions(String text) throws BadValueException {
    return switch (text.replaceFirst("^0+", "")) {
      case "600" -> "rw-------";
      case "640" -> "rw-r-----";
      case "644" -> "rw-r--r--";
      default -> throw new BadValueException("bad permissions (specify 0600, 0640 or 0644)");
    };
  }

  private static int facility(String text) throws BadValueException {
    return SyslogFacility.code(text)
        .orElseThrow(() ->
            new BadValueException(
                "unknown syslog facility (specify mail, local0 or another of syslog.conf(5))"));
  }

  @Override
  public void check(Configuration configuration) throws BadValueException {
    checkFile(configuration.main());
  }

  /// Whether maillog_file may be what it is.
  static void checkFile(Config config) throws BadValueException {
    String file = config.get(MAILLOG_FILE);
    List<String> prefixes = config.get(MAILLOG_FILE_PREFIXES);
    if (!file.isEmpty() && prefixes.stream().noneMatch(file::startsWith)) {
      throw config.refusal(
          MAILLOG_FILE.name(),
          "does not match any prefix in maillog_file_prefixes ("
              + String.join(", ", prefixes)
              + ")");
    }
  }
}
