package org.jmail.delivery.local;

import java.util.Optional;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.message.Recipient;

/// What is known about a delivery at one point of the expansion; handed down by value, so that what
/// one member of an alias changes no other sees. Postfix counterpart: DELIVER_ATTR in local.h.
///
/// @param level how deep the expansion is
/// @param recipient where it goes now, and its DSN wishes
/// @param name its local part
/// @param unmatched the extension that nothing has used yet, with its delimiter, to be passed on
/// @param from how it came here
/// @param rights for files and commands
/// @param member the member of the first alias that led here; empty at the recipient itself
record Attributes(
    int level,
    Recipient recipient,
    LocalName name,
    String unmatched,
    Provenance from,
    Rights rights,
    Optional<Member> member) {

  /// At the beginning.
  static Attributes of(Recipient recipient, String sender) {
    Provenance from = Provenance.of(sender, recipient.original());
    return new Attributes(0, recipient, LocalName.NONE, "", from, Rights.NONE, Optional.empty());
  }

  /// The current address in internal form.
  String address() {
    return recipient.address().toString();
  }

  Attributes deeper() {
    return new Attributes(level + 1, recipient, name, unmatched, from, rights, member);
  }

  Attributes withAddress(String address) {
    Recipient next = recipient.withAddress(EmailAddress.parse(address));
    return new Attributes(level, next, name, unmatched, from, rights, member);
  }

  Attributes withRecipient(Recipient other) {
    return new Attributes(level, other, name, unmatched, from, rights, member);
  }

  Attributes withName(LocalName other) {
    return new Attributes(level, recipient, other, unmatched, from, rights, member);
  }

  Attributes withUnmatched(String suffix) {
    return new Attributes(level, recipient, name, suffix, from, rights, member);
  }

  Attributes from(Provenance other) {
    return new Attributes(level, recipient, name, unmatched, other, rights, member);
  }

  Attributes withRights(Rights other) {
    return new Attributes(level, recipient, name, unmatched, from, other, member);
  }

  /// The current address is the first member on the way, unless there is one already.
  Attributes asMember() {
    if (member.isPresent()) {
      return this;
    }
    Member first = new Member(forQueue(), from);
    return new Attributes(level, recipient, name, unmatched, from, rights, Optional.of(first));
  }

  /// As it was when a member was met.
  static Attributes at(Member member) {
    return new Attributes(
        0, member.recipient(), LocalName.NONE, "", member.from(), Rights.NONE, Optional.of(member));
  }

  /// The recipient as the queue gets it back. One that came by a list has no original but itself.
  Recipient forQueue() {
    String original = from.original().isEmpty() ? address() : from.original();
    return new Recipient(recipient.address(), original, recipient.dsnOrcpt(), recipient.notifyOn());
  }
}
