package org.jmail.command.sendmail;

import java.nio.file.Path;
import java.util.Locale;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.spool.SubmissionParameters;
import org.jmail.base.spool.SubmissionReply;

/// What sendmail needs to know from main.cf.
///
/// @param messageSizeLimit octets; 0 for none
/// @param sendTime how long the mail system may take to accept a message that can still go to
///   maildrop, in milliseconds; what it has not read by then it does not get
/// @param silentTime how long it may be silent then; it says that it works every
///   [org.jmail.base.spool.SubmissionReply#SIGN_OF_LIFE_MILLIS]. One that is stopped (SIGSTOP) or
///   hangs says nothing
/// @param answerTime how long it may take to answer when it has the message, in milliseconds
record Settings(
    Path queueDirectory,
    long messageSizeLimit,
    int headerSizeLimit,
    int lineLengthLimit,
    LineEndings endings,
    long sendTime,
    long silentTime,
    long answerTime) {

  private static final long SEND_TIME = 5_000;
  private static final long SILENT_TIME = 5 * SubmissionReply.SIGN_OF_LIFE_MILLIS;
  private static final long ANSWER_TIME = 300_000;

  static Settings of(Config config) throws BadValueException {
    return new Settings(
        Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)),
        config.get(BaseParameters.MESSAGE_SIZE_LIMIT),
        config.get(SubmissionParameters.HEADER_SIZE_LIMIT).intValue(),
        config.get(SubmissionParameters.LINE_LENGTH_LIMIT).intValue(),
        endings(config.get(SubmissionParameters.SENDMAIL_FIX_LINE_ENDINGS)),
        SEND_TIME,
        SILENT_TIME,
        ANSWER_TIME);
  }

  private static LineEndings endings(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "always" -> LineEndings.ALWAYS;
      case "strict" -> LineEndings.STRICT;
      case "never" -> LineEndings.NEVER;
      default -> throw new IllegalArgumentException(text);
    };
  }

  Path pickupSocket() {
    return queueDirectory.resolve("public/pickup");
  }

  Path maildrop() {
    return queueDirectory.resolve("maildrop");
  }
}
