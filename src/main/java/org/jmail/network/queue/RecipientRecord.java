package org.jmail.network.queue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusCode;
import org.jmail.base.message.Recipient;

/// How a recipient stands in the `recipients` table.
final class RecipientRecord {

  /// The first version knows nobody but the sender who could be told.
  private static final int SENDER_IS_TOLD = 1;

  private static final int VERSION = 2;

  private RecipientRecord() {}

  static byte[] toBytes(StoredRecipient stored) {
    Recipient recipient = stored.recipient();
    RecordOutput out =
        new RecordOutput()
            .octet(stored.reportTo().isEmpty() ? SENDER_IS_TOLD : VERSION)
            .octet(stored.standing().code())
            .text(recipient.address().toString())
            .text(recipient.original())
            .text(recipient.dsnOrcpt())
            .octet(recipient.notifyOn().size());
    recipient.notifyOn().stream().sorted().forEach(out::constant);
    out.flag(stored.why().isPresent());
    stored
        .why()
        .ifPresent(why ->
            out.text(why.code().toString())
                .text(why.text())
                .text(why.diagnosticType())
                .text(why.diagnosticText()));
    if (!stored.reportTo().isEmpty()) {
      out.text(stored.reportTo());
    }
    return out.toBytes();
  }

  static StoredRecipient parse(int index, byte[] octets) throws CorruptRecordException {
    RecordInput in = new RecordInput(octets);
    int version = in.octet();
    if (version != SENDER_IS_TOLD && version != VERSION) {
      throw new CorruptRecordException("record version " + version + " is not known");
    }
    Standing standing = standing(in.octet());
    String address = in.text();
    if (address.isEmpty()) {
      throw new CorruptRecordException("recipient without address");
    }
    String original = in.text();
    String orcpt = in.text();
    Set<Recipient.Notify> wishes = EnumSet.noneOf(Recipient.Notify.class);
    for (int count = in.octet(); count > 0; count--) {
      wishes.add(in.constant(Recipient.Notify.class));
    }
    Recipient recipient = new Recipient(EmailAddress.parse(address), original, orcpt, wishes);
    Optional<Diagnosis> why = in.flag() ? why(in) : Optional.empty();
    String reportTo = version == VERSION ? in.text() : "";
    return new StoredRecipient(index, recipient, standing, why, reportTo);
  }

  private static Standing standing(int code) throws CorruptRecordException {
    for (Standing known : Standing.values()) {
      if (known.code() == code) {
        return known;
      }
    }
    throw new CorruptRecordException("no such standing: " + code);
  }

  private static Optional<Diagnosis> why(RecordInput in) throws CorruptRecordException {
    Optional<StatusCode> code = StatusCode.parse(in.text());
    if (code.isEmpty()) {
      throw new CorruptRecordException("no status code");
    }
    return Optional.of(new Diagnosis(code.get(), in.text(), in.text(), in.text()));
  }
}
