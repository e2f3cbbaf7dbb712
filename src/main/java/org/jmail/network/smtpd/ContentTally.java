package org.jmail.network.smtpd;

/// What speaks against the content of one message while it comes in: too long, or lines without
/// their CR. Used by one thread.
final class ContentTally {

  private final long limit;
  private final BareNewline bareNewline;
  private final Runnable tooLong;
  private long octets;
  private boolean overLimit;
  private boolean bareSeen;

  /// @param limit message_size_limit, 0 for none
  /// @param tooLong called once when the limit is passed
  ContentTally(long limit, BareNewline bareNewline, Runnable tooLong) {
    this.limit = limit;
    this.bareNewline = bareNewline;
    this.tooLong = tooLong;
  }

  /// Notes how a line ended.
  void line(boolean bare) {
    bareSeen |= bare;
  }

  /// Counts octets, line ends as two.
  void add(long count) {
    if (!overLimit && limit > 0 && limit - octets < count) {
      overLimit = true;
      tooLong.run();
    }
    if (!overLimit) {
      octets += count;
    }
  }

  /// Counts what is passed over.
  void skip(long count) {
    octets = Math.addExact(octets, count);
  }

  /// @throws BadContentException when the message is not to be taken
  void check() throws BadContentException {
    if (isRefusedForNewlines()) {
      throw new BadContentException();
    }
    if (overLimit) {
      throw new BadContentException();
    }
  }

  boolean isRefusedForNewlines() {
    return bareSeen && bareNewline == BareNewline.REJECT;
  }

  /// Whether a bare newline is to be noted in the log.
  boolean isNoted() {
    return bareSeen && bareNewline == BareNewline.NOTE;
  }

  boolean isTooLong() {
    return overLimit;
  }

  boolean wantsStandardEnd() {
    return bareNewline != BareNewline.NO;
  }

  long octets() {
    return octets;
  }
}
