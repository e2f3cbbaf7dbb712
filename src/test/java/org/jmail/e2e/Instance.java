package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A private jmail beside whatever the machine has: configuration, queue, mailboxes and log in one
/// temporary folder, run by the caller with `MAIL_CONFIG`. As another than root it delivers to the
/// caller only. Closing stops it and removes the folder.
final class Instance implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final String user = System.getProperty("user.name");

  Instance() {
    try {
      folder = Files.createTempDirectory("jmail-instance");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (String name : List.of("etc", "mail", "log", "queue")) {
        Files.createDirectory(folder.resolve(name));
      }
      Path shipped = Staged.configuration().resolve("master.cf");
      // The ports of the machine are not ours.
      write("etc/master.cf", Files.readString(shipped).replaceAll("(?m)^smtp +inet .*\\n", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    configure("");
    aliases("postmaster: root\n");
  }

  /// Replaces main.cf: what makes the instance private, then these lines.
  Instance configure(String more) {
    boolean root = "root".equals(user);
    write(
        "etc/main.cf",
        """
        compatibility_level = 3.6
        myhostname = localhost
        mydomain = localdomain
        inet_interfaces = loopback-only
        mydestination = $myhostname, localhost.$mydomain, localhost
        queue_directory = %1$s/queue
        data_directory = %1$s/data
        mail_spool_directory = %1$s/mail
        alias_maps = lmdb:%1$s/etc/aliases
        alias_database = lmdb:%1$s/etc/aliases
        maillog_file = %1$s/log/mail.log
        maillog_file_prefixes = %1$s
        mail_owner = %2$s
        setgid_group = %3$s
        """
                .formatted(folder, root ? "postfix" : user, root ? "postdrop" : group())
            + more);
    return this;
  }

  Instance aliases(String source) {
    write("etc/aliases", source);
    call("newaliases").run().ok();
    return this;
  }

  Instance start() {
    call("postfix", "start").run().ok();
    return this;
  }

  Instance stop() {
    call("postfix", "stop").run().ok();
    return this;
  }

  /// A call of a staged command with this instance's configuration.
  Call call(String... command) {
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "PATH", Staged.usr() + "/sbin:" + Staged.usr() + "/bin:/usr/sbin:/usr/bin:/bin");
    environment.put("MAIL_CONFIG", folder.resolve("etc").toString());
    environment.put("HOME", System.getProperty("user.home"));
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    String[] words = command.clone();
    words[0] = find(words[0]);
    return new Call(List.of(), environment, Arrays.asList(words));
  }

  private static String find(String command) {
    return Stream.of("sbin", "bin")
        .map(f -> Staged.usr().resolve(f).resolve(command))
        .filter(Files::exists)
        .map(Path::toString)
        .findFirst()
        .orElse(command);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  String user() {
    return user;
  }

  String log() {
    Path log = folder.resolve("log/mail.log");
    try {
      return Files.exists(log) ? new String(Files.readAllBytes(log), ISO_8859_1) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  List<MailMessage> mailbox(int atLeast) {
    Path mailbox = folder.resolve("mail").resolve(user);
    return Await.until(
        mailbox.getParent(),
        PATIENCE,
        () -> Optional.of(MailMessage.in(mailbox)).filter(m -> m.size() >= atLeast),
        () -> atLeast + " messages in " + mailbox + "\n" + log());
  }

  void write(String name, String octets) {
    try {
      Files.write(folder.resolve(name), octets.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String group() {
    return new Call(List.of(), Map.of("PATH", "/usr/bin:/bin"), List.of("id", "-gn"))
        .run()
        .ok()
        .strip();
  }

  @Override
  public void close() {
    call("postfix", "stop").run();
    new Call(List.of(), Map.of(), List.of("/bin/rm", "-rf", folder.toString())).run();
  }
}
