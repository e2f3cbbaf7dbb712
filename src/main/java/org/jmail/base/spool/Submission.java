package org.jmail.base.spool;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;

/// What sendmail asks for one message, apart from its content. Who submits is never part of it: the
/// socket's peer or the maildrop file's owner says that. All texts are octet strings without NUL,
/// CR and LF.
///
/// @param id made up by the submitter, 32 hex digits from 128 random bits: the same message
///   submitted twice (socket, then maildrop, because the answer was lost) carries the same id
/// @param sender empty: the submitter's login name
/// @param fullName empty: the one from the submitter's passwd entry
/// @param recipients at least one
/// @param gateway `-G`: the message only passes through, header addresses are not completed
public record Submission(
    String id,
    Optional<ReversePath> sender,
    Optional<String> fullName,
    List<Addressee> recipients,
    DsnOptions dsn,
    BodyType body,
    boolean smtpUtf8,
    boolean gateway) {

  /// One recipient.
  ///
  /// @param address internal form; the empty string stands for empty_address_recipient
  /// @param notifyOn NOTIFY (`-N`), empty when not given
  /// @param orcpt `type;xtext`; empty when not given
  public record Addressee(String address, Set<Recipient.Notify> notifyOn, String orcpt) {

    public Addressee {
      notifyOn = Set.copyOf(notifyOn);
    }

    /// Recipients who all have the same wishes.
    public static List<Addressee> all(List<String> addresses, Set<Recipient.Notify> notifyOn) {
      return addresses.stream().map(address -> new Addressee(address, notifyOn, "")).toList();
    }
  }

  /// Longest text of one record: an address, a name, an envelope id.
  public static final int TEXT_LIMIT = 8192;

  /// Most octets of all envelope records together; 10,000 ordinary addresses take 0.3 MB.
  public static final int ENVELOPE_LIMIT = 16 << 20;

  public Submission {
    recipients = List.copyOf(recipients);
    if (!isId(id)) {
      throw new IllegalArgumentException("not a submission id: " + id);
    }
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("no recipients");
    }
  }

  /// A plain message without options.
  public static Submission of(String id, String sender, List<String> recipients) {
    return new Submission(
        id,
        Optional.of(ReversePath.parse(sender)),
        Optional.empty(),
        Addressee.all(recipients, Set.of()),
        DsnOptions.NONE,
        BodyType.UNSPECIFIED,
        false,
        false);
  }

  /// The addresses of the recipients.
  public List<String> addresses() {
    return recipients.stream().map(Addressee::address).toList();
  }

  /// Whether a text is a submission id: exactly 32 digits or letters a to f. It is also the name of
  /// the maildrop file.
  public static boolean isId(String text) {
    if (text.length() != 32) {
      return false;
    }
    for (int i = 0; i < 32; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
