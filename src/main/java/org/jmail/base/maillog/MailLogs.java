package org.jmail.base.maillog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.posix.DatagramSocket;

/// Where one process logs to, by its configuration. Safe for use by many threads.
public final class MailLogs implements AutoCloseable {

  private static final String STDOUT = "/dev/stdout";

  /// How long lines wait for others where all lines of the mail system come together, so that their
  /// order stays. Between the processes none waits: what the one says of a message comes before
  /// what the other does with it.
  private static final Duration LINGER = Duration.ofMillis(5);

  private final long pid = ProcessHandle.current().pid();
  private volatile String syslogName;
  private volatile LogSink sink;

  private final Optional<Duration> batched;

  /// @param batched how long lines may wait for others; empty when each is written by itself
  private MailLogs(String syslogName, LogSink sink, Optional<Duration> batched) {
    this.syslogName = syslogName;
    this.batched = batched;
    this.sink = batched(sink, batched);
  }

  private static LogSink batched(LogSink sink, Optional<Duration> linger) {
    return linger.isPresent() && sink instanceof LineSink lines
        ? BatchedSink.to(lines, linger.get())
        : sink;
  }

  /// The log that the configuration names, for a process that may write it: maillog_file, or syslog
  /// when that is empty.
  ///
  /// @throws BadValueException when the file is not allowed or cannot be opened
  public static MailLogs open(Config config) throws BadValueException {
    return new MailLogs(config.get(MaillogParameters.SYSLOG_NAME), sink(config), Optional.empty());
  }

  /// The system's log, for whoever cannot read the configuration and has to say so. Postfix
  /// counterpart: maillog_client_init before mail_conf_read.
  public static MailLogs system() {
    LineFormat format = new LineFormat("localhost", ZoneId.systemDefault());
    int facility =
        SyslogFacility.code(MaillogParameters.SYSLOG_FACILITY.defaultText()).orElseThrow();
    LogSink sink = new SyslogSink(format, facility, new DatagramSocket(DatagramSocket.DEV_LOG));
    return new MailLogs("postfix", sink, Optional.empty());
  }

  /// As [#open], for a process that logs much and [#close]s its log before it ends: lines that come
  /// together are written together.
  public static MailLogs openBatched(Config config) throws BadValueException {
    return new MailLogs(
        config.get(MaillogParameters.SYSLOG_NAME), sink(config), Optional.of(LINGER));
  }

  /// The log of a process whose supervisor reads lines from this stream and writes them on by
  /// [#relay]; batched too.
  public static MailLogs toSupervisor(Config config, OutputStream pipe) throws BadValueException {
    return new MailLogs(
        config.get(MaillogParameters.SYSLOG_NAME),
        new StreamSink(pipe, LogEntry::encode),
        Optional.of(Duration.ZERO));
  }

  /// The log of a command that anybody may run: as [#open], but where this user may not write
  /// maillog_file the network process writes for him (public/postlog). Postfix counterpart:
  /// maillog_client.c.
  ///
  /// @return empty when that would have to and is not there
  public static Optional<MailLogs> openForCommand(Config config) throws BadValueException {
    String file = config.get(MaillogParameters.MAILLOG_FILE);
    if (file.isEmpty() || (!file.equals(STDOUT) && mayWrite(Path.of(file)))) {
      return Optional.of(open(config));
    }
    MaillogParameters.checkFile(config);
    Path socket = PostlogSink.socket(Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)));
    return Files.exists(socket)
        ? Optional.of(
            new MailLogs(
                config.get(MaillogParameters.SYSLOG_NAME),
                new PostlogSink(socket),
                Optional.empty()))
        : Optional.empty();
  }

  /// Whether the file is ours to write, or to make: one that is made in somebody else's folder
  /// would be in the daemon's way.
  private static boolean mayWrite(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Files.isWritable(file);
    }
    try {
      Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      Path folder = file.toAbsolutePath().getParent();
      return self.equals(0)
          || (folder != null && self.equals(Files.getAttribute(folder, "unix:uid")));
    } catch (IOException e) {
      return false;
    }
  }

  /// Opens what a new configuration asks for; the old log stays until [Change#take].
  public Change prepare(Config config) throws BadValueException {
    String name = config.get(MaillogParameters.SYSLOG_NAME);
    return new Change(
        sink.followsConfiguration()
            ? Optional.of(batched(sink(config), batched))
            : Optional.empty(),
        name);
  }

  /// A new log that is open and not yet written to.
  public final class Change {
    private final Optional<LogSink> fresh;
    private final String name;

    private Change(Optional<LogSink> fresh, String name) {
      this.fresh = fresh;
      this.name = name;
    }

    /// From here on everything goes to the new log.
    public void take() {
      syslogName = name;
      if (fresh.isPresent()) {
        LogSink old = sink;
        sink = fresh.get();
        old.close();
      }
    }

    /// The old log stays.
    public void drop() {
      fresh.ifPresent(LogSink::close);
    }
  }

  /// The log of one program of this process: `qmgr`, `postfix-script`.
  public MailLog program(String name) {
    return new ProgramLog((severity, text) -> write(syslogName + "/" + name, severity, text));
  }

  /// A log whose lines begin with this tag and nothing in front of it, as `postlog -t` wants.
  public MailLog tagged(String tag) {
    return new ProgramLog((severity, text) -> write(tag, severity, text));
  }

  /// The log of a program under a syslog_name of its own, as `-o syslog_name=postfix/submission` in
  /// master.cf gives it.
  public MailLog program(Config service, String name) throws BadValueException {
    String tag = service.get(MaillogParameters.SYSLOG_NAME) + "/" + name;
    return new ProgramLog((severity, text) -> write(tag, severity, text));
  }

  /// Writes on what a child process said on its pipe. A line that is not an entry (a stack trace,
  /// the JVM's own words) is logged as a warning of `fallback`.
  ///
  /// @param troubles gets warnings and worse too, as `postfix/qmgr: warning: …`
  public void relay(String line, MailLog fallback, Consumer<String> troubles) {
    Optional<LogEntry> entry = LogEntry.parse(line);
    if (entry.isPresent()) {
      sink.write(entry.get());
      if (entry.get().severity() != Severity.INFO) {
        troubles.accept(
            entry.get().tag() + ": " + entry.get().severity().prefix() + entry.get().text());
      }
    } else if (!line.isBlank()) {
      fallback.warning(line);
      troubles.accept(line);
    }
  }

  /// Writes a line of another process as a program of this mail system, whatever tag it has.
  public void write(String program, LogEntry entry) {
    write(new LogEntry(syslogName + "/" + program, entry.pid(), entry.severity(), entry.text()));
  }

  /// Writes a line of another process.
  public void write(LogEntry entry) {
    sink.write(entry);
  }

  /// After somebody moved maillog_file away (`postfix logrotate`): a new one is begun.
  public void reopen() {
    sink.reopen();
  }

  @Override
  public void close() {
    sink.close();
  }

  private void write(String tag, Severity severity, String text) {
    sink.write(new LogEntry(tag, pid, severity, text));
  }

  /// The socket on which the network process takes lines of commands.
  public static Path postlogSocket(Path queueDirectory) {
    return PostlogSink.socket(queueDirectory);
  }

  private static LogSink sink(Config config) throws BadValueException {
    String file = config.get(MaillogParameters.MAILLOG_FILE);
    String host = config.lookup("myhostname").orElse("amnesiac");
    LineFormat format = new LineFormat(host, ZoneId.systemDefault());
    Function<LogEntry, String> line = entry -> format.line(Instant.now(), entry);
    if (file.isEmpty()) {
      int facility = config.get(MaillogParameters.SYSLOG_FACILITY);
      return new SyslogSink(format, facility, new DatagramSocket(DatagramSocket.DEV_LOG));
    }
    MaillogParameters.checkFile(config);
    if (file.equals(STDOUT)) {
      return new StreamSink(new FileOutputStream(FileDescriptor.out), line);
    }
    try {
      return new FileSink(
          Path.of(file), config.get(MaillogParameters.MAILLOG_FILE_PERMISSIONS), line);
    } catch (IOException e) {
      throw config.refusal(
          MaillogParameters.MAILLOG_FILE.name(), "open logfile '" + file + "': " + reason(e));
    }
  }

  private static String reason(IOException e) {
    String text = String.valueOf(e.getMessage());
    return switch (e) {
      case java.nio.file.NoSuchFileException missing -> "No such file or directory";
      case java.nio.file.AccessDeniedException denied -> "Permission denied";
      case java.nio.file.FileSystemException other when other.getReason() != null ->
          String.valueOf(other.getReason());
      default -> text;
    };
  }
}
