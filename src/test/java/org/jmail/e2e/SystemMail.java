package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A [Machine] and the mail system on it: jmail as `make install` lays it out, or Debian's real
/// Postfix, the judge. What is asked of one can be asked of the other.
final class SystemMail implements AutoCloseable {

  /// A plain Alpine user's configuration.
  static final String MAIN_CF =
      """
      myhostname = localhost
      mydomain = localdomain
      inet_interfaces = $myhostname, localhost
      mydestination = $myhostname, localhost.$mydomain, localhost
      mynetworks_style = host
      maillog_file = /var/log/postfix.log
      smtpd_tls_loglevel = 1
      """;

  static final String LOG = "/var/log/postfix.log";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Machine machine;
  private final String judgesOwn;

  private SystemMail(Machine machine, String judgesOwn) {
    this.machine = machine;
    this.judgesOwn = judgesOwn;
  }

  /// jmail, configured with [#MAIN_CF] and not started.
  static SystemMail jmail(Machine.Storage storage) {
    Machine machine = Machine.with(Staged.usr(), storage);
    machine.sh("cp -a '" + Staged.configuration() + "'/. /etc/postfix/");
    return new SystemMail(machine, "").configure(MAIN_CF);
  }

  /// Debian's Postfix, made to look for aliases where jmail does, and not started.
  static SystemMail postfix(Machine.Storage storage) {
    Machine machine = Machine.bare(storage);
    machine.sh(
        """
        rm -rf /etc/postfix
        cp -a /etc/postfix.debian /etc/postfix
        cp /usr/share/postfix/master.cf.dist /etc/postfix/master.cf
        mkdir -p /var/lib/postfix /var/spool/postfix
        chown postfix:postfix /var/lib/postfix
        """);
    SystemMail judge =
        new SystemMail(
            machine,
            """
            default_database_type = lmdb
            alias_maps = lmdb:/etc/postfix/aliases
            alias_database = lmdb:/etc/postfix/aliases
            inet_protocols = ipv4
            """);
    judge.configure(MAIN_CF);
    machine.sh("postconf -F '*/*/chroot=n'");
    return judge;
  }

  /// Replaces main.cf.
  SystemMail configure(String mainCf) {
    machine.write("/etc/postfix/main.cf", mainCf + judgesOwn);
    return this;
  }

  /// Replaces the alias source and indexes it.
  SystemMail aliases(String source) {
    machine.write("/etc/postfix/aliases", source);
    machine.call("newaliases").run().ok();
    return this;
  }

  SystemMail start() {
    machine.call("postfix", "start").run().ok();
    return this;
  }

  SystemMail stop() {
    machine.call("postfix", "stop").run().ok();
    return this;
  }

  Machine machine() {
    return machine;
  }

  /// The log so far; empty when there is none.
  String log() {
    Path file = machine.path(LOG);
    try {
      return Files.exists(file) ? new String(Files.readAllBytes(file), ISO_8859_1) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The first line of the log in which the expression is found, once there is one.
  String logLine(String regex) {
    return logLine(regex, PATIENCE);
  }

  String logLine(String regex, Duration limit) {
    Pattern line = Pattern.compile("(?m)^.*(?:" + regex + ").*$");
    return Await.until(
        machine.path("/var/log"),
        limit,
        () -> {
          Matcher found = line.matcher(log());
          return found.find() ? Optional.of(found.group()) : Optional.empty();
        },
        () -> "no log line with " + regex + " in\n" + log());
  }

  /// How many log lines hold the expression.
  long logLines(String regex) {
    return Pattern.compile(regex).matcher(log()).results().count();
  }

  @Override
  public void close() {
    machine.close();
  }
}
