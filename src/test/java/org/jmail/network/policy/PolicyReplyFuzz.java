package org.jmail.network.policy;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// A policy service's reply: any octets are an action on one line, or are refused.
public final class PolicyReplyFuzz {

  private PolicyReplyFuzz() {}

  /// Takes octets: what the service sends.
  public static void fuzzerTestOneInput(byte[] octets) {
    PolicyReply reply = new PolicyReply();
    try {
      for (byte octet : octets) {
        if (reply.take(octet)) {
          break;
        }
      }
      String action = reply.action();
      assertTrue(action.indexOf('\n') < 0, action);
      assertTrue(action.length() <= PolicyReply.MAX_LINE, action);
    } catch (PolicyException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("reply"), e.toString());
    }
  }
}
