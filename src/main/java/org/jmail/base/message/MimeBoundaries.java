package org.jmail.base.message;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The boundaries of the multiparts that surround the current place, innermost first (RFC 2046
/// section 5.1.1; Postfix mime_state_push). Used by one thread.
final class MimeBoundaries {

  private record Boundary(String text, ContentType.Kind parts) {}

  /// A line that separates.
  ///
  /// @param last whether the multipart ends here
  /// @param next what the part that follows is, if it does not say
  record Separator(boolean last, ContentType.Kind next) {}

  private final int nesting;
  private final int length;
  private final Deque<Boundary> surrounding = new ArrayDeque<>();

  /// @param nesting mime_nesting_limit
  /// @param length mime_boundary_length_limit: octets that are compared
  MimeBoundaries(int nesting, int length) {
    this.nesting = nesting;
    this.length = length;
  }

  /// Enters a multipart.
  ///
  /// @return false when there are too many around it: then it is not entered
  boolean enter(String boundary, ContentType.Kind parts) {
    if (surrounding.size() > nesting + 1) {
      return false;
    }
    String compared = boundary.substring(0, Math.min(boundary.length(), length));
    surrounding.push(new Boundary(compared, parts));
    return true;
  }

  /// Whether a line separates parts of a multipart; then those inside that one have ended.
  Optional<Separator> at(byte[] buffer, int offset, int count) {
    if (surrounding.isEmpty() || count <= 2 || buffer[offset] != '-' || buffer[offset + 1] != '-') {
      return Optional.empty();
    }
    int inside = 0;
    for (Boundary boundary : surrounding) {
      if (matches(buffer, offset + 2, count - 2, boundary.text())) {
        int after = offset + 2 + boundary.text().length();
        boolean last = matches(buffer, after, offset + count - after, "--");
        leave(last ? inside + 1 : inside);
        return Optional.of(new Separator(last, last ? ContentType.Kind.OTHER : boundary.parts()));
      }
      inside++;
    }
    return Optional.empty();
  }

  private void leave(int count) {
    for (int i = 0; i < count; i++) {
      surrounding.pop();
    }
  }

  private static boolean matches(byte[] buffer, int offset, int count, String text) {
    if (count < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((char) (buffer[offset + i] & 0xff) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
