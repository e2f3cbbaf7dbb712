package org.jmail.network.policy;

import java.util.Optional;

/// Reads a policy service's reply: lines `name=value`, ended by an empty one. Only `action` counts;
/// what else is sent is passed over, as Postfix does. Total: every octet stream ends in an action
/// or a [PolicyException]. Confined to one thread.
final class PolicyReply {

  static final int MAX_LINE = 8192;
  static final int MAX_LINES = 100;

  private final StringBuilder line = new StringBuilder();
  private Optional<String> action = Optional.empty();
  private int lines;
  private boolean complete;

  /// Takes one octet.
  ///
  /// @return whether the reply is complete
  boolean take(int octet) throws PolicyException {
    if (octet != '\n') {
      if (line.length() == MAX_LINE) {
        throw new PolicyException("line longer than " + MAX_LINE + " octets in its reply");
      }
      line.append((char) (octet & 0xff));
      return false;
    }
    if (line.isEmpty()) {
      complete = true;
      return true;
    }
    takeLine(line.toString());
    line.setLength(0);
    return false;
  }

  private void takeLine(String text) throws PolicyException {
    if (++lines > MAX_LINES) {
      throw new PolicyException("more than " + MAX_LINES + " lines in its reply");
    }
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new PolicyException("malformed attribute \"" + text + "\" in its reply");
    }
    if (action.isEmpty() && text.startsWith("action=")) {
      action = Optional.of(text.substring(equals + 1));
    }
  }

  /// The action of a complete reply.
  String action() throws PolicyException {
    if (!complete) {
      throw new PolicyException("premature end of its reply");
    }
    return action.orElseThrow(() -> new PolicyException("missing attribute action in its reply"));
  }
}
