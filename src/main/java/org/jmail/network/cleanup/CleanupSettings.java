package org.jmail.network.cleanup;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.message.MimeState;
import org.jmail.base.message.MimeViolation;
import org.jmail.base.spool.SubmissionParameters;
import org.jmail.base.table.TableParameters;

/// The values of [CleanupParameters] and what else cleanup reads, but for tables.
record CleanupSettings(
    String myhostname,
    String mailName,
    ZoneId zone,
    boolean longQueueIds,
    Limits limits,
    Headers headers,
    Copies copies,
    Octets octets,
    Strict strict,
    boolean smtpUtf8) {

  /// Bounds.
  record Limits(
      MimeState.Limits mime, int lineLength, long messageSize, long hopcount, long bodyChecks) {}

  /// Headers that are added and removed.
  record Headers(
      boolean alwaysAddMissing,
      String undisclosedRecipients,
      Set<String> dropped,
      CleanupParameters.HeaderFromFormat fromFormat,
      String charset,
      boolean detect8bit) {}

  /// Recipients that are added and left out.
  record Copies(
      String alwaysBcc,
      String emptyRecipient,
      boolean enableOriginalRecipient,
      long duplicateFilterLimit) {}

  /// Octets that are not let through.
  record Octets(boolean replaceStrayCr, String stripped, String rejected) {}

  /// What is wrong enough with the structure of a message to refuse it.
  ///
  /// @param nesting whether too many levels are
  record Strict(
      Set<MimeViolation> refused, boolean nesting, CleanupParameters.HeaderEnd headerEnd) {

    Strict {
      refused = Set.copyOf(refused);
    }

    static Strict of(Config config) throws BadValueException {
      Set<MimeViolation> refused = EnumSet.noneOf(MimeViolation.class);
      boolean all = config.get(CleanupParameters.STRICT_8BITMIME);
      if (all || config.get(CleanupParameters.STRICT_7BIT_HEADERS)) {
        refused.add(MimeViolation.EIGHT_BIT_HEADER);
      }
      if (all || config.get(CleanupParameters.STRICT_8BITMIME_BODY)) {
        refused.add(MimeViolation.EIGHT_BIT_BODY);
      }
      if (config.get(CleanupParameters.STRICT_MIME_ENCODING_DOMAIN)) {
        refused.add(MimeViolation.ENCODING_DOMAIN);
      }
      return new Strict(
          refused,
          !refused.isEmpty(),
          config.get(CleanupParameters.NON_EMPTY_END_OF_HEADER_ACTION));
    }
  }

  static CleanupSettings of(Config config) throws BadValueException {
    return new CleanupSettings(
        config.get(BaseParameters.MYHOSTNAME),
        config.get(BaseParameters.MAIL_NAME),
        ZoneId.systemDefault(),
        config.lookup("enable_long_queue_ids").map("yes"::equalsIgnoreCase).orElse(false),
        limits(config),
        new Headers(
            config.get(CleanupParameters.ALWAYS_ADD_MISSING_HEADERS),
            config.get(CleanupParameters.UNDISCLOSED_RECIPIENTS_HEADER),
            folded(config.get(CleanupParameters.MESSAGE_DROP_HEADERS)),
            config.get(CleanupParameters.HEADER_FROM_FORMAT),
            config.get(CleanupParameters.FULL_NAME_ENCODING_CHARSET),
            config.get(CleanupParameters.DETECT_8BIT_ENCODING_HEADER)),
        new Copies(
            config.get(CleanupParameters.ALWAYS_BCC),
            config
                .lookup("empty_address_recipient")
                .filter(address -> !address.isEmpty())
                .orElse("MAILER-DAEMON"),
            config.get(CleanupParameters.ENABLE_ORIGINAL_RECIPIENT),
            config.get(CleanupParameters.DUPLICATE_FILTER_LIMIT)),
        new Octets(
            config.get(CleanupParameters.CLEANUP_REPLACE_STRAY_CR_LF),
            unescaped(config.get(CleanupParameters.MESSAGE_STRIP_CHARACTERS)),
            unescaped(config.get(CleanupParameters.MESSAGE_REJECT_CHARACTERS))),
        Strict.of(config),
        config.get(TableParameters.SMTPUTF8_ENABLE));
  }

  private static Limits limits(Config config) throws BadValueException {
    return new Limits(
        new MimeState.Limits(
            asInt(config.get(SubmissionParameters.HEADER_SIZE_LIMIT)),
            asInt(config.get(CleanupParameters.MIME_NESTING_LIMIT)),
            asInt(config.get(CleanupParameters.MIME_BOUNDARY_LENGTH_LIMIT)),
            !config.get(CleanupParameters.DISABLE_MIME_INPUT_PROCESSING)),
        asInt(config.get(SubmissionParameters.LINE_LENGTH_LIMIT)),
        config.get(BaseParameters.MESSAGE_SIZE_LIMIT),
        config.get(CleanupParameters.HOPCOUNT_LIMIT),
        config.get(CleanupParameters.BODY_CHECKS_SIZE_LIMIT));
  }

  private static int asInt(long value) {
    return (int) Math.min(value, Integer.MAX_VALUE / 2);
  }

  private static Set<String> folded(List<String> names) {
    Set<String> folded = new HashSet<>();
    names.forEach(name -> folded.add(name.toLowerCase(Locale.ROOT)));
    return Set.copyOf(folded);
  }

  /// C escapes as Postfix's unescape.c knows them: `\a \b \f \n \r \t \v \\` and up to three octal
  /// digits.
  static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      char escape = text.charAt(++i);
      int named = "abfnrtv".indexOf(escape);
      if (named >= 0) {
        out.append("\u0007\b\f\n\r\t\u000b".charAt(named));
      } else if (escape >= '0' && escape <= '7') {
        int value = 0;
        int end = Math.min(text.length(), i + 3);
        while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '7') {
          value = value * 8 + text.charAt(i++) - '0';
        }
        i--;
        out.append((char) (value & 0xff));
      } else {
        out.append(escape);
      }
    }
    return out.toString();
  }
}
