package org.jmail.network.smtpd.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.network.dns.TestZone;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.verify.AddressVerifier;

/// One SMTP session for tests: settings, then commands; answers are replies, or `OK`.
final class Scene {

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "myhostname", "mx.example.com",
              "mydomain", "example.com",
              "mydestination", "example.com",
              "mynetworks", "127.0.0.0/8",
              "local_recipient_maps", "",
              "compatibility_level", "3.6"));
  private final RecordingLog log = new RecordingLog();
  private final TestZone zone = new TestZone();
  private Client client = Client.of("client.example.net", "192.0.2.7", NameStatus.OK);
  private Optional<String> helo = Optional.of("client.example.net");
  private Optional<String> sender = Optional.of("sender@example.net");
  private int recipients;
  private boolean pipelined;
  private boolean smtpUtf8;
  private AccessRequest.Login login = AccessRequest.Login.NONE;
  private AddressVerifier verifier = AddressVerifier.NONE;
  private Optional<AccessSession> session = Optional.empty();
  private Optional<String> lastRecipient = Optional.empty();

  static Scene of(String... namesAndValues) {
    Scene scene = new Scene();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      scene.settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return scene;
  }

  TestZone zone() {
    return zone;
  }

  Scene client(String name, String address, NameStatus status) {
    client = Client.of(name, address, status);
    return this;
  }

  Scene client(Client other) {
    client = other;
    return this;
  }

  Scene helo(String name) {
    helo = Optional.of(name);
    return this;
  }

  Scene sender(String address) {
    sender = Optional.of(address);
    return this;
  }

  Scene noSender() {
    sender = Optional.empty();
    return this;
  }

  Scene recipients(int count) {
    recipients = count;
    return this;
  }

  Scene pipelined() {
    pipelined = true;
    return this;
  }

  Scene smtpUtf8() {
    smtpUtf8 = true;
    return this;
  }

  Scene verifier(AddressVerifier other) {
    verifier = other;
    return this;
  }

  Scene login(String user) {
    login = new AccessRequest.Login("PLAIN", user, "");
    return this;
  }

  String connect() {
    return ask(Stage.CONNECT, "CONNECT", Optional.empty());
  }

  String ehlo() {
    return ask(Stage.HELO, "EHLO", Optional.empty());
  }

  String mail() {
    return ask(Stage.MAIL, "MAIL", Optional.empty());
  }

  String rcpt(String recipient) {
    lastRecipient = Optional.of(recipient);
    return ask(Stage.RCPT, "RCPT", lastRecipient);
  }

  String data() {
    return ask(Stage.DATA, "DATA", lastRecipient);
  }

  String endOfData() {
    return ask(Stage.END_OF_DATA, "END-OF-MESSAGE", lastRecipient);
  }

  String etrn(String domain) {
    return reply(
        session()
            .check(
                Stage.ETRN,
                new AccessRequest(
                    "ETRN", client, dialogue(), AccessRequest.Mail.NONE, Optional.of(domain))));
  }

  Effects effects() {
    return session().effects();
  }

  AccessSession session() {
    if (session.isEmpty()) {
      session = Optional.of(restrictions().session());
    }
    return session.get();
  }

  Restrictions restrictions() {
    try {
      Config config = TestConfig.of(settings);
      return Restrictions.open(config, Resolver.open(config, log), zone, verifier, log);
    } catch (BadValueException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  List<String> log() {
    return log.lines();
  }

  AccessRequest request(String command, Optional<String> recipient) {
    return new AccessRequest(
        command,
        client,
        dialogue(),
        new AccessRequest.Mail(
            sender, recipient, recipients, 0, Optional.empty(), "1.2.3.0", smtpUtf8),
        Optional.empty());
  }

  private AccessRequest.Dialogue dialogue() {
    return new AccessRequest.Dialogue(
        "192.0.2.25", "25", "ESMTP", helo, pipelined, login, AccessRequest.Encryption.NONE);
  }

  private String ask(Stage stage, String command, Optional<String> recipient) {
    return reply(session().check(stage, request(command, recipient)));
  }

  private static String reply(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass() -> "OK";
      case Verdict.Refuse refusal -> refusal.reply();
      case Verdict.Hangup() -> "HANGUP";
    };
  }
}
