package org.jmail.network.qmgr;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jmail.base.ipc.Peer;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.ListedMessage;
import org.jmail.base.spool.ListedRecipient;
import org.jmail.base.spool.QueueAccessException;
import org.jmail.base.spool.QueueAction;
import org.jmail.base.spool.QueueFileRecord;
import org.jmail.base.spool.QueueTools;
import org.jmail.base.spool.QueueToolsProtocol;
import org.jmail.base.spool.QueueToolsProtocol.Words;

/// One connection of a queue tool: requests, each answered in full before the next is read. For one
/// thread.
final class QueueToolsSession {

  private final SocketChannel channel;
  private final QueueTools tools;
  private final QueueToolsAccess access;
  private final MailLog log;

  /// @param access by the configuration of when it connected
  QueueToolsSession(SocketChannel channel, QueueTools tools, QueueToolsAccess access, MailLog log) {
    this.channel = channel;
    this.tools = tools;
    this.access = access;
    this.log = log;
  }

  /// Answers until the tool has what it wants.
  void run() {
    try {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
      DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
      int uid = Peer.uid(channel);
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
    return switch (request.letter()) {
      case QueueToolsProtocol.LIST -> {
        access.mayList(uid);
        tools.list(new ListingWriter(out));
        yield 0L;
      }
      case QueueToolsProtocol.FLUSH -> {
        access.mayFlush(uid);
        tools.flush();
        yield 0L;
      }
      case QueueToolsProtocol.FLUSH_MESSAGE -> {
        access.mayFlush(uid);
        tools.flushMessage(request.text(0));
        yield 0L;
      }
      case QueueToolsProtocol.FLUSH_SITE -> {
        access.mayFlush(uid);
        yield tools.flushSite(request.text(0)) ? 0L : -1L;
      }
      case QueueToolsProtocol.CHANGE -> {
        access.mayChange(uid);
        change(request, out);
        yield 0L;
      }
      case QueueToolsProtocol.CHANGE_ALL -> {
        access.mayChange(uid);
        List<String> texts = request.texts();
        yield tools.changeAll(action(request), texts.subList(1, texts.size()));
      }
      case QueueToolsProtocol.RECORDS -> {
        access.mayChange(uid);
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
}
