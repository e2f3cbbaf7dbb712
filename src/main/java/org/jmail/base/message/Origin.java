package org.jmail.base.message;

/// Where a message came from, as commands (CLIENT_ADDRESS, …), milters and log lines show it. Texts
/// are empty when unknown. `uid` is the submitting user of local mail, -1 for network mail. `local`
/// says that header rewriting for local clients applies (local_header_rewrite_clients).
public record Origin(
    String clientName,
    String clientAddress,
    String clientPort,
    String helo,
    String protocol,
    String saslMethod,
    String saslUsername,
    String saslSender,
    int uid,
    boolean local) {

  /// Mail that a program of this machine submitted as user `uid`.
  public static Origin submitted(int uid) {
    return new Origin("", "", "", "", "", "", "", "", uid, true);
  }
}
