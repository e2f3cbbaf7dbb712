package org.jmail.network.smtpd.access;

import java.net.InetAddress;

/// permit_inet_interfaces: this machine itself.
record PermitInetInterfaces() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    Client client = evaluation.client();
    if (!test(evaluation.rules(), client)) {
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(client.label(), ReplyClass.CLIENT);
    return evaluation.permit("permit_inet_interfaces", subject, "");
  }

  static boolean test(Rules rules, Client client) {
    try {
      return rules.interfaces().addresses().contains(InetAddress.ofLiteral(client.address()));
    } catch (IllegalArgumentException e) {
      return false; // the address of a client that XCLIENT left unknown
    }
  }
}
