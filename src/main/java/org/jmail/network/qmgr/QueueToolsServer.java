package org.jmail.network.qmgr;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.ListedMessage;
import org.jmail.base.spool.ListedRecipient;
import org.jmail.base.spool.QueueAccessException;
import org.jmail.base.spool.QueueAction;
import org.jmail.base.spool.QueueFileRecord;
import org.jmail.base.spool.QueueTools;
import org.jmail.base.spool.QueueToolsProtocol;
import org.jmail.base.spool.QueueToolsProtocol.Words;
import org.jmail.base.table.TableContext;
import org.jmail.network.queue.DirectQueueTools;
import org.jmail.network.queue.QueueStore;

/// The socket `public/qmgr`, which the queue tools talk to; Postfix's showq(8) and flush(8)
/// services and the power of postsuper(1). Anybody may connect; the kernel says who it is. One
/// virtual thread a connection.
public final class QueueToolsServer implements AutoCloseable {

  private static final int CONNECTIONS = 50;

  private final Path path;
  private final ServerSocketChannel server;
  private final QueueTools tools;
  private final MailLog log;
  private final Semaphore permits = new Semaphore(CONNECTIONS);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile QueueToolsAccess access;

  private QueueToolsServer(
      Path path,
      ServerSocketChannel server,
      QueueTools tools,
      QueueToolsAccess access,
      MailLog log) {
    this.path = path;
    this.server = server;
    this.tools = tools;
    this.access = access;
    this.log = log;
  }

  /// Makes the socket and serves it.
  ///
  /// @param pickup is told that messages wait in maildrop
  public static QueueToolsServer open(
      Path path,
      QueueStore store,
      QueueManager manager,
      Runnable pickup,
      InstantSource clock,
      Config config,
      MailLog log)
      throws IOException, BadValueException {
    ManagedDeliveries deliveries =
        new ManagedDeliveries(
            manager,
            store,
            config.get(QueueToolsParameters.FAST_FLUSH_DOMAINS),
            TableContext.of(config, log::warning),
            pickup);
    QueueToolsAccess access = new QueueToolsAccess(Posix.geteuid(), config, log);
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path), CONNECTIONS);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    QueueToolsServer opened =
        new QueueToolsServer(
            path, server, new DirectQueueTools(store, deliveries, clock), access, log);
    Thread.ofVirtual().name("qmgr-tools").start(opened::accept);
    return opened;
  }

  /// Takes the access lists of a new configuration.
  public void reload(Config config) throws BadValueException {
    access = new QueueToolsAccess(Posix.geteuid(), config, log);
  }

  private void accept() {
    while (true) {
      try {
        permits.acquire();
        SocketChannel channel = server.accept();
        open.add(channel);
        Thread.ofVirtual().name("qmgr-tool").start(() -> serve(channel));
      } catch (ClosedChannelException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException e) {
        permits.release();
        log.warning("accept on " + path + ": " + e.getMessage());
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
      DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
      int uid = peer(channel);
      while (true) {
        Words request = QueueToolsProtocol.readRequest(in);
        QueueToolsProtocol.write(out, answered(request, uid, out));
        out.flush();
      }
    } catch (EOFException | ClosedChannelException e) {
      // the tool has what it wanted
    } catch (IOException e) {
      if (channel.isOpen() && !String.valueOf(e.getMessage()).contains("Broken pipe")) {
        log.warning("queue tools: " + e.getMessage());
      }
    } finally {
      open.remove(channel);
      permits.release();
    }
  }

  private static int peer(SocketChannel channel) throws IOException {
    String name = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    Optional<Passwd> entry = Passwd.byName(name);
    if (entry.isPresent()) {
      return entry.get().uid();
    }
    try {
      return Integer.parseUnsignedInt(name);
    } catch (NumberFormatException e) {
      throw new IOException("unknown user at the other end of the socket: " + name, e);
    }
  }

  /// Answers all but the end, which it returns.
  private Words answered(Words request, int uid, DataOutputStream out) throws IOException {
    long number;
    try {
      number = answer(request, uid, out);
    } catch (QueueAccessException e) {
      return new Words(QueueToolsProtocol.DENIED, List.of(String.valueOf(e.getMessage())));
    } catch (ClientGoneException e) {
      throw e;
    } catch (IOException e) {
      return new Words(QueueToolsProtocol.FAILED, List.of(String.valueOf(e.getMessage())));
    }
    return new Words(QueueToolsProtocol.DONE, List.of(Long.toString(number)));
  }

  private long answer(Words request, int uid, DataOutputStream out) throws IOException {
    QueueToolsAccess rules = access;
    return switch (request.letter()) {
      case QueueToolsProtocol.LIST -> {
        rules.mayList(uid);
        tools.list(new ListingWriter(out));
        yield 0L;
      }
      case QueueToolsProtocol.FLUSH -> {
        rules.mayFlush(uid);
        tools.flush();
        yield 0L;
      }
      case QueueToolsProtocol.FLUSH_MESSAGE -> {
        rules.mayFlush(uid);
        tools.flushMessage(request.text(0));
        yield 0L;
      }
      case QueueToolsProtocol.FLUSH_SITE -> {
        rules.mayFlush(uid);
        yield tools.flushSite(request.text(0)) ? 0L : -1L;
      }
      case QueueToolsProtocol.CHANGE -> {
        rules.mayChange(uid);
        change(request, out);
        yield 0L;
      }
      case QueueToolsProtocol.CHANGE_ALL -> {
        rules.mayChange(uid);
        List<String> texts = request.texts();
        yield tools.changeAll(action(request), texts.subList(1, texts.size()));
      }
      case QueueToolsProtocol.RECORDS -> {
        rules.mayChange(uid);
        yield tools.records(request.text(0), new RecordsWriter(out)) ? 1L : 0L;
      }
      default -> throw new IOException("unknown request");
    };
  }

  private void change(Words request, DataOutputStream out) throws IOException {
    int queues;
    try {
      queues = Integer.parseInt(request.text(1));
    } catch (NumberFormatException e) {
      throw new IOException("malformed request", e);
    }
    List<String> texts = request.texts();
    if (queues < 0 || queues > texts.size() - 2) {
      throw new IOException("malformed request");
    }
    tools.change(
        action(request),
        texts.subList(2, 2 + queues),
        texts.subList(2 + queues, texts.size()),
        id -> send(out, QueueToolsProtocol.CHANGED, List.of(id)));
  }

  private static QueueAction action(Words request) throws IOException {
    try {
      return QueueAction.valueOf(request.text(0));
    } catch (IllegalArgumentException e) {
      throw new IOException("unknown action", e);
    }
  }

  /// The tool closed its end: nothing more can be said to it.
  private static final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGoneException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static void send(DataOutputStream out, char letter, List<String> texts)
      throws IOException {
    try {
      QueueToolsProtocol.write(out, new Words(letter, texts));
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  private record ListingWriter(DataOutputStream out) implements QueueTools.Listing {
    @Override
    public void message(ListedMessage message) throws IOException {
      send(
          out,
          QueueToolsProtocol.MESSAGE,
          List.of(
              message.queueName(),
              message.id(),
              Long.toString(message.arrival().getEpochSecond()),
              Long.toString(message.size()),
              message.forcedExpire() ? "1" : "0",
              message.sender()));
    }

    @Override
    public void recipient(ListedRecipient recipient) throws IOException {
      send(
          out,
          QueueToolsProtocol.RECIPIENT,
          List.of(
              recipient.address(),
              recipient.original(),
              recipient.failed() ? "1" : "0",
              recipient.reason()));
    }
  }

  private record RecordsWriter(DataOutputStream out) implements QueueTools.Records {
    @Override
    public void path(String path) throws IOException {
      send(out, QueueToolsProtocol.PATH, List.of(path));
    }

    @Override
    public void record(QueueFileRecord record) throws IOException {
      send(
          out,
          QueueToolsProtocol.RECORD,
          List.of(Character.toString(record.type()), record.text()));
    }
  }

  /// Stops accepting and cuts the connections that are open.
  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
    Files.deleteIfExists(path);
  }
}
