package org.jmail.base.table;

/// Text that can be looked at a limited number of times, so that a pattern that backtracks without
/// end is stopped (PCRE's match_limit). Belongs to one match on one thread.
final class BoundedText implements CharSequence {

  /// The text was looked at too often.
  static final class LimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitException() {
      super("backtracking limit exceeded", null, false, false);
    }
  }

  /// Half a second or less; enough for patterns that are quadratic in a header of 30 kB.
  private static final int LIMIT = 100_000_000;

  private final String text;
  private int left = LIMIT;

  BoundedText(String text) {
    this.text = text;
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new LimitException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
