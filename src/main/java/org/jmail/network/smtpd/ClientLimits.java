package org.jmail.network.smtpd;

import java.net.InetAddress;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// One session's part in what [Anvil] counts, and what its limits say. Clients that are excepted
/// are not counted. Used by one thread.
final class ClientLimits {

  /// The limits; 0 is none.
  record Settings(
      long connections,
      long connectionRate,
      long messageRate,
      long recipientRate,
      int prefix4,
      int prefix6) {

    static Settings of(Config config) throws BadValueException {
      return new Settings(
          config.get(AnvilParameters.SMTPD_CLIENT_CONNECTION_COUNT_LIMIT),
          config.get(AnvilParameters.SMTPD_CLIENT_CONNECTION_RATE_LIMIT),
          config.get(AnvilParameters.SMTPD_CLIENT_MESSAGE_RATE_LIMIT),
          config.get(AnvilParameters.SMTPD_CLIENT_RECIPIENT_RATE_LIMIT),
          config.get(AnvilParameters.SMTPD_CLIENT_IPV4_PREFIX_LENGTH).intValue(),
          config.get(AnvilParameters.SMTPD_CLIENT_IPV6_PREFIX_LENGTH).intValue());
    }

    private boolean none() {
      return connections == 0 && connectionRate == 0 && messageRate == 0 && recipientRate == 0;
    }
  }

  private final Settings settings;
  private final Anvil anvil;
  private final String service;
  private final Session session;
  private final boolean excepted;
  private String key = "";

  /// @param service the first column of master.cf
  /// @param excepted smtpd_client_event_limit_exceptions has the client, or it may XCLIENT
  ClientLimits(Settings settings, Anvil anvil, String service, Session session, boolean excepted) {
    this.settings = settings;
    this.anvil = anvil;
    this.service = service;
    this.session = session;
    this.excepted = excepted || settings.none();
  }

  /// The session begins.
  ///
  /// @return whether it is one too many
  boolean connectionRefused() {
    if (excepted) {
      return false;
    }
    key = service + ":" + network(session.peer().client().address());
    int open = anvil.connect(key);
    int rate = anvil.count(key, Anvil.Event.CONNECTION);
    return isOver("Connection concurrency limit", open, settings.connections())
        || isOver("Connection rate limit", rate, settings.connectionRate());
  }

  /// MAIL came.
  boolean mailRefused() {
    return settings.messageRate() > 0
        && !key.isEmpty()
        && isOver(
            "Message delivery request rate limit",
            anvil.count(key, Anvil.Event.MESSAGE),
            settings.messageRate());
  }

  /// RCPT or VRFY came.
  boolean recipientRefused() {
    return settings.recipientRate() > 0
        && !key.isEmpty()
        && isOver(
            "Recipient address rate limit",
            anvil.count(key, Anvil.Event.RECIPIENT),
            settings.recipientRate());
  }

  private boolean isOver(String what, int count, long limit) {
    boolean over = limit > 0 && count > limit;
    if (over) {
      session
          .log()
          .warning(
              what
                  + " exceeded: "
                  + count
                  + " from "
                  + session.label()
                  + " for service "
                  + service);
    }
    return over;
  }

  /// The session is over.
  void disconnected() {
    if (!key.isEmpty()) {
      anvil.disconnect(key);
      key = "";
    }
  }

  /// The address, or its network as `net/bits`.
  private String network(String address) {
    byte[] octets;
    try {
      octets = InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      return address;
    }
    int bits = octets.length == 4 ? settings.prefix4() : settings.prefix6();
    if (bits >= octets.length * 8) {
      return address;
    }
    for (int i = 0; i < octets.length; i++) {
      int kept = Math.clamp(bits - 8L * i, 0, 8);
      octets[i] &= (byte) (0xff << (8 - kept));
    }
    try {
      return HostSyntax.text(InetAddress.getByAddress(octets)) + "/" + bits;
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e); // 4 or 16 octets always make an address
    }
  }
}
