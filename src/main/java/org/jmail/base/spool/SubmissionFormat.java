package org.jmail.base.spool;

import java.util.Set;
import org.jmail.base.message.Recipient;

/// The octets of a submission, the same on the socket `public/pickup` and in a maildrop file:
///
/// ```
/// submission = "JSUB" version *envelope-record *content-record end-record
/// record     = type(1) length(4, big endian) payload(length)
/// ```
///
/// Each submission gets a reply record on the socket. A maildrop file holds exactly one submission.
/// Whatever comes after the version octet may change with it; a reader refuses what it does not
/// know.
final class SubmissionFormat {

  static final byte[] MAGIC = {'J', 'S', 'U', 'B'};
  static final int VERSION = 1;

  /// Submission id; once.
  static final int ID = 'I';

  /// Envelope sender, empty for `<>`; at most once.
  static final int SENDER = 'S';

  /// Full name of the sender; at most once.
  static final int FULL_NAME = 'F';

  /// One recipient; at least once.
  static final int RECIPIENT = 'R';

  /// One octet: the NOTIFY bits of [#notifyBit], of the recipients from here on; 0 for none.
  static final int NOTIFY = 'N';

  /// ORCPT of the next recipient.
  static final int ORCPT = 'O';

  /// One octet: `F` or `H`.
  static final int RET = 'H';

  /// The envelope id.
  static final int ENVID = 'E';

  /// One octet: `R` (report deliveries) or `V` (report, and deliver nothing).
  static final int TRACE = 'T';

  /// The two delimiters of variable envelope return paths.
  static final int VERP = 'P';

  /// One octet: `7` or `8`.
  static final int BODY = 'B';

  /// No payload: SMTPUTF8.
  static final int SMTPUTF8 = 'U';

  /// No payload: `-G`.
  static final int GATEWAY = 'G';

  /// Up to [#CHUNK] octets of content.
  static final int CONTENT = 'C';

  /// Eight octets: how many octets of content there were. What lacks it is not complete.
  static final int END = 'Z';

  /// Largest content record.
  static final int CHUNK = 1 << 16;

  private SubmissionFormat() {}

  /// The sum of [#notifyBit].
  static int notifyBits(Set<Recipient.Notify> keywords) {
    return keywords.stream().mapToInt(SubmissionFormat::notifyBit).sum();
  }

  /// Postfix DSN_NOTIFY_*.
  static int notifyBit(Recipient.Notify keyword) {
    return switch (keyword) {
      case NEVER -> 1;
      case SUCCESS -> 2;
      case FAILURE -> 4;
      case DELAY -> 8;
    };
  }
}
