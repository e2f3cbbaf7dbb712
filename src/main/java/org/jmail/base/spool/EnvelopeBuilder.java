package org.jmail.base.spool;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;

/// Collects the envelope records of one submission and checks them.
final class EnvelopeBuilder {

  private static final Set<Integer> REPEATED =
      Set.of(SubmissionFormat.RECIPIENT, SubmissionFormat.NOTIFY, SubmissionFormat.ORCPT);

  private final Set<Integer> seen = new HashSet<>();
  private final List<Submission.Addressee> recipients = new ArrayList<>();
  private Set<Recipient.Notify> notifyOn = Set.of();
  private String orcpt = "";
  private String id = "";
  private Optional<ReversePath> sender = Optional.empty();
  private Optional<String> fullName = Optional.empty();
  private DsnOptions.Ret ret = DsnOptions.Ret.UNSPECIFIED;
  private String envid = "";
  private DsnOptions.Trace trace = DsnOptions.Trace.NONE;
  private String verp = "";
  private BodyType body = BodyType.UNSPECIFIED;

  void add(int type, byte[] payload) throws MalformedSubmissionException {
    if (!seen.add(type) && !REPEATED.contains(type)) {
      throw SubmissionReader.malformed("more than one record of type " + type);
    }
    switch (type) {
      case SubmissionFormat.ID -> id = SubmissionReader.text(payload);
      case SubmissionFormat.SENDER ->
          sender = Optional.of(ReversePath.parse(SubmissionReader.text(payload)));
      case SubmissionFormat.FULL_NAME -> fullName = Optional.of(SubmissionReader.text(payload));
      case SubmissionFormat.RECIPIENT -> {
        recipients.add(new Submission.Addressee(SubmissionReader.text(payload), notifyOn, orcpt));
        orcpt = "";
      }
      case SubmissionFormat.NOTIFY -> notifyOn = notifyOn(octet(payload));
      case SubmissionFormat.ORCPT -> orcpt = SubmissionReader.text(payload);
      case SubmissionFormat.RET -> ret = ret(octet(payload));
      case SubmissionFormat.ENVID -> envid = SubmissionReader.text(payload);
      case SubmissionFormat.TRACE -> trace = trace(octet(payload));
      case SubmissionFormat.VERP -> verp = verp(SubmissionReader.text(payload));
      case SubmissionFormat.BODY -> body = body(octet(payload));
      case SubmissionFormat.SMTPUTF8, SubmissionFormat.GATEWAY -> {
        if (payload.length != 0) {
          throw SubmissionReader.malformed("flag with a value");
        }
      }
      default -> throw SubmissionReader.malformed("unexpected record type " + type);
    }
  }

  private static Set<Recipient.Notify> notifyOn(int bits) throws MalformedSubmissionException {
    EnumSet<Recipient.Notify> notifyOn = EnumSet.noneOf(Recipient.Notify.class);
    int left = bits;
    for (Recipient.Notify keyword : Recipient.Notify.values()) {
      int bit = SubmissionFormat.notifyBit(keyword);
      if ((bits & bit) != 0) {
        notifyOn.add(keyword);
        left &= ~bit;
      }
    }
    if (left != 0) {
      throw badOption();
    }
    if (notifyOn.contains(Recipient.Notify.NEVER) && notifyOn.size() > 1) {
      throw SubmissionReader.malformed("NOTIFY=NEVER does not stand alone");
    }
    return notifyOn;
  }

  private static DsnOptions.Ret ret(int code) throws MalformedSubmissionException {
    return switch (code) {
      case 'F' -> DsnOptions.Ret.FULL;
      case 'H' -> DsnOptions.Ret.HEADERS;
      default -> throw badOption();
    };
  }

  private static DsnOptions.Trace trace(int code) throws MalformedSubmissionException {
    return switch (code) {
      case 'R' -> DsnOptions.Trace.RECORD;
      case 'V' -> DsnOptions.Trace.VERIFY;
      default -> throw badOption();
    };
  }

  private static String verp(String delimiters) throws MalformedSubmissionException {
    if (delimiters.length() != 2) {
      throw badOption();
    }
    return delimiters;
  }

  private static BodyType body(int code) throws MalformedSubmissionException {
    return switch (code) {
      case '7' -> BodyType.SEVEN_BIT;
      case '8' -> BodyType.EIGHT_BIT_MIME;
      default -> throw badOption();
    };
  }

  private static int octet(byte[] payload) throws MalformedSubmissionException {
    if (payload.length != 1) {
      throw badOption();
    }
    return payload[0];
  }

  private static MalformedSubmissionException badOption() {
    return SubmissionReader.malformed("bad option value");
  }

  Submission build() throws MalformedSubmissionException {
    if (!Submission.isId(id)) {
      throw SubmissionReader.malformed("no submission id");
    }
    if (recipients.isEmpty()) {
      throw SubmissionReader.malformed("no recipients");
    }
    return new Submission(
        id,
        sender,
        fullName,
        recipients,
        new DsnOptions(ret, envid, trace, verp),
        body,
        seen.contains(SubmissionFormat.SMTPUTF8),
        seen.contains(SubmissionFormat.GATEWAY));
  }
}
