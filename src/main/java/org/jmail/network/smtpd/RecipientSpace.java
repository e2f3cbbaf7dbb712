package org.jmail.network.smtpd;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that the recipients of all messages under way take together. Addresses may be as long
/// as a line: a few clients that send as many as smtpd_recipient_limit lets them could otherwise
/// fill what Postfix has one process for each of. A message with few recipients always finds room.
/// Safe for use by many threads.
final class RecipientSpace {

  /// What every message may have: a dozen recipients of ordinary length.
  private static final long FREE = 4096;

  /// What a recipient takes beside its text.
  private static final long OVERHEAD = 160;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /// An eighth of the heap. A message is twice in memory while it is taken.
  RecipientSpace() {
    this(Runtime.getRuntime().maxMemory() / 8);
  }

  /// @param most octets for all messages together
  RecipientSpace(long most) {
    this.most = most;
  }

  /// What a recipient takes.
  static long cost(Command.Rcpt recipient) {
    return OVERHEAD
        + recipient.address().length()
        + recipient.given().length()
        + recipient.orcpt().length();
  }

  /// Takes room for one more recipient of a message.
  ///
  /// @param before what the message has taken so far
  /// @return whether there is any
  boolean take(long before, long cost) {
    if (taken.addAndGet(cost) <= most || before + cost <= FREE) {
      return true;
    }
    taken.addAndGet(-cost);
    return false;
  }

  /// Gives back what a message has taken.
  void leave(long cost) {
    taken.addAndGet(-cost);
  }
}
