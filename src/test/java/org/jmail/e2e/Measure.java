package org.jmail.e2e;

/// What the bench measures, with the goal where there is one.
enum Measure {
  START("`postfix start` to the first acknowledged message, s", Goal.AT_MOST, 1),
  SENDMAIL("one `sendmail`, ms", Goal.AT_MOST, 60),
  SUBMIT_1("submissions/s over the socket, 1 client", Goal.NONE, 0),
  SUBMIT_10("submissions/s over the socket, 10 clients", Goal.NONE, 0),
  SUBMIT_50("submissions/s over the socket, 50 clients", Goal.NONE, 0),
  SENDMAILS_1("submissions/s by `sendmail`, 1 at a time", Goal.NONE, 0),
  SENDMAILS_10("submissions/s by `sendmail`, 10 at a time", Goal.NONE, 0),
  SENDMAILS_50("submissions/s by `sendmail`, 50 at a time", Goal.NONE, 0),
  DELIVER_ONE("deliveries/s to one mailbox, 50 clients", Goal.TIMES, 5),
  DELIVER_FIFTY("deliveries/s to fifty mailboxes, 50 clients", Goal.TIMES, 5),
  CPU_ONE("processor time of a message to one mailbox, 50 clients, ms", Goal.NONE, 0),
  CPU_FIFTY("processor time of a message to fifty mailboxes, 50 clients, ms", Goal.NONE, 0),
  IDLE("resident size idle after start, MB", Goal.BELOW, 130),
  LOADED("resident size under load, MB", Goal.NONE, 0),
  IDLE_PSS("the same idle, shared pages once, MB", Goal.NONE, 0);

  private enum Goal {
    NONE,
    AT_MOST,
    BELOW,
    TIMES
  }

  private final String title;
  private final Goal goal;
  private final double bound;

  Measure(String title, Goal goal, double bound) {
    this.title = title;
    this.goal = goal;
    this.bound = bound;
  }

  String title() {
    return title;
  }

  /// The goal in words and whether it was met; empty without one.
  String verdict(double jmail, double postfix) {
    return switch (goal) {
      case NONE -> "";
      case AT_MOST -> said("at most %.0f", jmail <= bound);
      case BELOW -> said("below %.0f", jmail < bound);
      case TIMES -> said("%.0f times Postfix's", jmail >= bound * postfix);
    };
  }

  private String said(String format, boolean met) {
    return String.format(format, bound) + (met ? ": met" : ": MISSED");
  }
}
