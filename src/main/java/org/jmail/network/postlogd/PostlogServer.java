package org.jmail.network.postlogd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jmail.base.ipc.AcceptLoop;
import org.jmail.base.ipc.Peer;
import org.jmail.base.maillog.LogEntry;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.posix.RecentPasswd;

/// The socket public/postlog: one connection, one line. Safe for use by many threads. Postfix
/// counterpart: postlogd.c.
public final class PostlogServer implements AutoCloseable {

  /// Those of Postfix's that have the group's rights, and sendmail; the tags users may write under.
  private static final Set<String> COMMANDS =
      Set.of("postdrop", "postlog", "postqueue", "sendmail");

  private static final String OTHERS = "postlog";
  private static final int ROOT = 0;
  private static final int ANYBODY = 0666;
  private static final int CONNECTIONS = 200;
  private static final int LONGEST_LINE = 4096; // DGRAM_BUF_SIZE
  private static final Duration SESSION = Duration.ofSeconds(2);

  private final AcceptLoop loop;
  private final MailLogs logs;
  private final MailLog log;
  private final LineBudget budget;
  private final RecentPasswd users = new RecentPasswd();
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("postlog-deadlines").factory());

  private PostlogServer(AcceptLoop loop, MailLogs logs, MailLog log, LineBudget budget) {
    this.loop = loop;
    this.logs = logs;
    this.log = log;
    this.budget = budget;
  }

  /// Makes the socket and serves it.
  public static PostlogServer open(Path queueDirectory, MailLogs logs) throws IOException {
    MailLog log = logs.program("postlogd");
    AcceptLoop loop =
        AcceptLoop.listen(MailLogs.postlogSocket(queueDirectory), ANYBODY, CONNECTIONS, log);
    LineBudget budget =
        new LineBudget(LineBudget.Limit.USER, LineBudget.Limit.ALL_USERS, System::nanoTime, log);
    PostlogServer server = new PostlogServer(loop, logs, log, budget);
    loop.start(server::serve);
    return server;
  }

  private void serve(SocketChannel channel) {
    var deadline =
        deadlines.schedule(() -> loop.cut(channel), SESSION.toMillis(), TimeUnit.MILLISECONDS);
    try {
      int uid = Peer.uid(channel, users);
      // Before anything is read: he who is over may not hold connections either.
      if (budget.take(uid)) {
        write(uid, line(channel));
      }
    } catch (IOException e) {
      log.warning("connection to public/postlog: " + e.getMessage());
    } finally {
      deadline.cancel(false);
    }
  }

  /// Writes what this user sent, as far as he is believed.
  void write(int uid, String line) {
    Optional<LogEntry> entry = LogEntry.parse(line);
    if (entry.isEmpty()) {
      log.warning("uid=" + Integer.toUnsignedString(uid) + ": malformed input");
    } else if (uid == ROOT) {
      logs.write(entry.get());
    } else {
      writeForUser(entry.get());
    }
  }

  private void writeForUser(LogEntry entry) {
    String command = entry.tag().substring(entry.tag().lastIndexOf('/') + 1);
    if (COMMANDS.contains(command)) {
      logs.write(command, entry);
    } else {
      String text = entry.tag() + ": " + entry.text();
      logs.write(OTHERS, new LogEntry(entry.tag(), entry.pid(), entry.severity(), text));
    }
  }

  /// What stands before the first line end, or as much as fits.
  private static String line(SocketChannel channel) throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(LONGEST_LINE);
    int searched = 0;
    while (octets.hasRemaining() && channel.read(octets) >= 0) {
      for (; searched < octets.position(); searched++) {
        if (octets.get(searched) == '\n') {
          return new String(octets.array(), 0, searched, StandardCharsets.ISO_8859_1);
        }
      }
    }
    return new String(octets.array(), 0, octets.position(), StandardCharsets.ISO_8859_1);
  }

  /// Takes no more lines.
  @Override
  public void close() throws IOException {
    loop.close();
    loop.cutAll();
    deadlines.shutdownNow();
  }
}
