package org.jmail.delivery.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.Content;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.Posix;
import org.jmail.delivery.account.Accounts;

/// A local transport for tests, in a folder of its own: users have homes in it, mailboxes are in
/// `spool`, aliases are a text. Every user has the ids given, so that without root it works as
/// well.
final class Localhost implements AutoCloseable {

  final Path folder;
  final Path spool;
  final RecordingLog log = new RecordingLog();
  final List<Duration> pauses = new ArrayList<>();
  private final Map<String, Passwd> users = new HashMap<>();
  private final Map<String, String> settings = new HashMap<>();
  private Optional<LocalTransport> transport = Optional.empty();
  private Instant now = Instant.now();

  Localhost(Path folder) throws IOException {
    this.folder = folder;
    this.spool = Files.createDirectories(folder.resolve("spool"));
    set("myhostname", "mx.example.org");
    set("myorigin", "localhost");
    set("mydestination", "localhost, mx.example.org");
    set("append_dot_mydomain", "no");
    set("mail_spool_directory", spool.toString());
    set("queue_directory", folder.toString());
    set("mailbox_delivery_lock", "fcntl, dotlock");
    set("alias_maps", "");
  }

  /// For all deliveries from now on.
  Localhost set(String name, String value) {
    settings.put(name, value);
    close();
    transport = Optional.empty();
    return this;
  }

  /// Aliases as in aliases(5), one a line. The file is the caller's.
  Localhost aliases(String... lines) throws IOException {
    Path file = folder.resolve("aliases");
    List<String> entries = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      entries.add(line.substring(0, colon) + " " + line.substring(colon + 1).strip());
    }
    Files.write(file, entries, StandardCharsets.ISO_8859_1);
    return set("alias_maps", "texthash:" + file);
  }

  /// A user with the caller's ids.
  Localhost user(String name) throws IOException {
    return user(name, Posix.geteuid(), Posix.getegid());
  }

  Localhost user(String name, int uid, int gid) throws IOException {
    Path home = Files.createDirectories(home(name));
    users.put(name, new Passwd(name, uid, gid, "", home.toString(), "/bin/sh"));
    return this;
  }

  Path home(String name) {
    return folder.resolve("home-" + name);
  }

  LocalTransport transport() {
    if (transport.isEmpty()) {
      try {
        Config config = TestConfig.of(settings);
        transport =
            Optional.of(
                new LocalTransport(
                    config, log, ignored -> Optional.empty(), accounts(), () -> now, this::pause));
      } catch (BadValueException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return transport.get();
  }

  void at(Instant time) {
    now = time;
  }

  private void pause(Duration time) {
    pauses.add(time);
  }

  private Accounts accounts() {
    return new Accounts() {
      @Override
      public Optional<Passwd> byName(String name) throws IOException {
        Optional<Passwd> own = Optional.ofNullable(users.get(name));
        return own.isPresent() || !name.equals("nobody") ? own : Accounts.system().byName(name);
      }

      @Override
      public Optional<Passwd> byUid(int uid) throws IOException {
        Optional<Passwd> own = users.values().stream().filter(u -> u.uid() == uid).findFirst();
        return own.isPresent() ? own : Accounts.system().byUid(uid);
      }
    };
  }

  DeliveryResult deliver(String recipient) throws InterruptedException {
    return deliver(recipient, "Subject: test\n\nbody\n");
  }

  DeliveryResult deliver(String recipient, String content) throws InterruptedException {
    return deliver(Recipient.of(recipient), "sender@example.com", content);
  }

  DeliveryResult deliver(Recipient recipient, String sender, String content)
      throws InterruptedException {
    DeliveryRequest request =
        new DeliveryRequest(
            "local",
            "localhost",
            "QID",
            Envelope.of(ReversePath.parse(sender), List.of(recipient)),
            Origin.submitted(0),
            Content.of(content.getBytes(StandardCharsets.ISO_8859_1)),
            now,
            now);
    DeliveryResult result = transport().deliver(request).get(recipient);
    if (result == null) {
      throw new AssertionError("no result");
    }
    return result;
  }

  /// `4.2.0 reason`, and for what goes on, where to.
  static String shown(DeliveryResult result) {
    String why = result.why().code() + " " + result.why().text();
    return result instanceof DeliveryResult.Expanded expanded
        ? expanded.next().stream().map(each -> each.address().toString()).toList()
            + " from "
            + expanded.sender()
            + " by "
            + expanded.deliveredTo()
        : why;
  }

  String mailbox(String name) throws IOException {
    return Files.readString(spool.resolve(name), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    transport.ifPresent(LocalTransport::close);
  }
}
