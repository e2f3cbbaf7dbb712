package org.jmail.network.smtpd.access;

import java.util.Optional;

/// What a session knows when a restriction list is asked. Texts are octets, addresses in internal
/// form.
///
/// @param command the protocol state as logs and policy services name it: CONNECT, HELO, EHLO,
///   MAIL, RCPT, VRFY, DATA, BDAT, END-OF-MESSAGE, ETRN
/// @param mail the transaction so far; before MAIL, [Mail#NONE]
/// @param etrnDomain the argument of ETRN
public record AccessRequest(
    String command, Client client, Dialogue dialogue, Mail mail, Optional<String> etrnDomain) {

  /// The session.
  ///
  /// @param serverAddress and `serverPort`: where the client connected to
  /// @param protocol SMTP, ESMTP, …
  /// @param helo the argument of HELO or EHLO
  /// @param pipelinedTooEarly the client sent on without waiting where it must not
  public record Dialogue(
      String serverAddress,
      String serverPort,
      String protocol,
      Optional<String> helo,
      boolean pipelinedTooEarly,
      Login login,
      Encryption encryption) {

    /// The same with a name that HELO or EHLO has given.
    public Dialogue withHelo(String name) {
      return new Dialogue(
          serverAddress,
          serverPort,
          protocol,
          Optional.of(name),
          pipelinedTooEarly,
          login,
          encryption);
    }
  }

  /// The transaction.
  ///
  /// @param sender empty before MAIL; the empty string for `<>`
  /// @param recipient the one at hand; at DATA the last one
  /// @param recipientCount how many have been accepted
  /// @param size as MAIL announced it, at the end of data as it is
  /// @param queueId empty before the first recipient
  /// @param instance the same for all policy requests about one message
  /// @param smtpUtf8 whether MAIL asked for SMTPUTF8
  public record Mail(
      Optional<String> sender,
      Optional<String> recipient,
      int recipientCount,
      long size,
      Optional<String> queueId,
      String instance,
      boolean smtpUtf8) {

    /// No transaction.
    public static final Mail NONE =
        new Mail(Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), "", false);

    Mail withoutRecipient() {
      return new Mail(sender, Optional.empty(), recipientCount, size, queueId, instance, smtpUtf8);
    }
  }

  /// Who has logged in by SASL.
  ///
  /// @param sender the AUTH parameter of MAIL, in xtext
  public record Login(String method, String username, String sender) {

    /// Nobody.
    public static final Login NONE = new Login("", "", "");
  }

  /// What TLS says of the client; all empty without it.
  ///
  /// @param subject and `issuer`: common names of a trusted certificate, in xtext
  public record Encryption(
      String protocol,
      String cipher,
      int keySize,
      String subject,
      String issuer,
      String certificateFingerprint,
      String keyFingerprint,
      String serverName) {

    /// Plain text.
    public static final Encryption NONE = new Encryption("", "", 0, "", "", "", "", "");

    boolean isOn() {
      return !protocol.isEmpty();
    }
  }

  AccessRequest withMail(Mail other) {
    return new AccessRequest(command, client, dialogue, other, etrnDomain);
  }
}
