package org.jmail.network.smtpd;

import java.util.Locale;
import org.jmail.base.config.BadValueException;

/// smtpd_forbid_bare_newline.
enum BareNewline {
  /// A line may end with LF alone, and so may a message.
  NO,
  /// A line may, a message may not.
  NORMALIZE,
  /// The same, and the log tells.
  NOTE,
  /// Neither may: the message is refused.
  REJECT;

  static BareNewline parse(String text) throws BadValueException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "normalize", "yes" -> NORMALIZE;
      case "reject" -> REJECT;
      case "note" -> NOTE;
      case "no" -> NO;
      default ->
          throw new BadValueException(
              "bad parameter value: 'smtpd_forbid_bare_newline = "
                  + text
                  + "' (specify normalize, reject, note or no)");
    };
  }
}
