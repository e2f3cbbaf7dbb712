package org.jmail.network.smtpd.access;

/// Whether sender and recipient have been looked for in the tables of users already, so that
/// smtpd_reject_unlisted_… does not repeat it. Confined to the session's thread.
final class ListedOnce {
  private boolean sender;
  private boolean recipient;

  void beginSender() {
    sender = false;
  }

  void beginRecipient() {
    recipient = false;
  }

  boolean isDone(ReplyClass type) {
    return type == ReplyClass.SENDER ? sender : recipient;
  }

  void done(ReplyClass type) {
    if (type == ReplyClass.SENDER) {
      sender = true;
    } else {
      recipient = true;
    }
  }
}
