package org.jmail.network.verify;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.Utf8;

/// The sender of address probes: address_verify_sender, and behind its local part the time when
/// address_verify_sender_ttl is set, so that an address that became known is soon of no use
/// (Postfix verify_sender_addr.c). Safe for use by many threads.
public final class ProbeSender {

  /// Digits and consonants: they make no words, and no dot or sign.
  private static final String DIGITS = "0123456789BCDFGHJKLMNPQRSTVWXYZ";

  /// The time stamp of one that is longer is not ours.
  private static final int MOST_DIGITS = 12;

  private final String sender;
  private final Duration ttl;
  private final AddressRewriter rewriter;
  private final InstantSource clock;

  /// @param sender address_verify_sender; empty for the null sender
  /// @param ttl address_verify_sender_ttl
  ProbeSender(String sender, Duration ttl, AddressRewriter rewriter, InstantSource clock) {
    this.sender = sender;
    this.ttl = ttl;
    this.rewriter = rewriter;
    this.clock = clock;
  }

  /// As configured.
  public static ProbeSender of(Config config, InstantSource clock) throws BadValueException {
    String sender = config.get(VerifyParameters.ADDRESS_VERIFY_SENDER);
    if (sender.startsWith("@") || sender.endsWith("@")) {
      throw config.refusal(
          VerifyParameters.ADDRESS_VERIFY_SENDER.name(),
          "\"" + sender + "\" must neither start nor end with @");
    }
    return new ProbeSender(
        sender.equals("<>") ? "" : sender,
        config.get(VerifyParameters.ADDRESS_VERIFY_SENDER_TTL),
        AddressRewriter.local(config),
        clock);
  }

  /// The sender of a probe that is made now, in internal form; empty for the null sender.
  String now() {
    if (sender.isEmpty()) {
      return "";
    }
    int at = sender.indexOf('@');
    String local = at < 0 ? sender : sender.substring(0, at);
    String stamp = ttl.isZero() ? "" : stamp(slot());
    return rewriter.internal(local + stamp + (at < 0 ? "" : sender.substring(at)));
  }

  /// The address without the time when it is that of a probe of these days, ours or that of another
  /// machine that shares the sender. The null sender is not one.
  public Optional<String> recognize(String address) {
    if (sender.isEmpty() || address.isEmpty()) {
      return Optional.empty();
    }
    EmailAddress own = EmailAddress.parse(rewriter.internal(sender));
    EmailAddress theirs = EmailAddress.parse(address);
    String base = own.localPart();
    boolean same =
        theirs.localPart().length() >= base.length()
            && equal(theirs.localPart().substring(0, base.length()), base)
            && equal(theirs.domain(), own.domain());
    return same && isTimely(theirs.localPart().substring(base.length()))
        ? Optional.of(own.toString())
        : Optional.empty();
  }

  private static boolean equal(String one, String other) {
    return Utf8.fold(one).equals(Utf8.fold(other));
  }

  /// This time slot, the one before or the one after: clocks differ.
  private boolean isTimely(String stamp) {
    if (ttl.isZero() || stamp.isEmpty() || stamp.length() > MOST_DIGITS) {
      return ttl.isZero() && stamp.isEmpty();
    }
    long slot = 0;
    for (int i = 0; i < stamp.length(); i++) {
      int digit = DIGITS.indexOf(stamp.charAt(i));
      if (digit < 0) {
        return false;
      }
      slot = slot * DIGITS.length() + digit;
    }
    return Math.abs(slot - slot()) <= 1;
  }

  private long slot() {
    return clock.instant().getEpochSecond() / ttl.toSeconds();
  }

  private static String stamp(long slot) {
    StringBuilder digits = new StringBuilder();
    for (long left = slot; left > 0; left /= DIGITS.length()) {
      digits.append(DIGITS.charAt((int) (left % DIGITS.length())));
    }
    return digits.reverse().toString();
  }
}
