package org.jmail.base.spool;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.spool.QueueToolsProtocol.Words;

/// Asks the running mail system over `public/qmgr`.
public final class QueueToolsClient implements QueueTools {

  private static final int IDS_A_REQUEST = 500;

  private final SocketChannel channel;
  private final DataInputStream in;
  private final DataOutputStream out;

  private QueueToolsClient(SocketChannel channel) {
    this.channel = channel;
    this.in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
    this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
  }

  /// Connects; fails when nobody listens: the mail system is down.
  public static QueueToolsClient connect(Path socket) throws IOException {
    return new QueueToolsClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  private void request(char letter, List<String> texts) throws IOException {
    QueueToolsProtocol.writeRequest(out, new Words(letter, texts));
  }

  /// Reads up to the end of the answer, which it returns.
  private Words answer(Frames frames) throws IOException {
    while (true) {
      Words words = QueueToolsProtocol.read(in);
      switch (words.letter()) {
        case QueueToolsProtocol.DONE -> {
          return words;
        }
        case QueueToolsProtocol.DENIED -> throw new QueueAccessException(words.text(0));
        case QueueToolsProtocol.FAILED -> throw new IOException(words.text(0));
        default -> frames.take(words);
      }
    }
  }

  private interface Frames {
    void take(Words words) throws IOException;
  }

  private long answer() throws IOException {
    Words end = answer(words -> {});
    try {
      return Long.parseLong(end.text(0));
    } catch (NumberFormatException e) {
      throw new IOException("malformed answer", e);
    }
  }

  @Override
  public void list(Listing listing) throws IOException {
    request(QueueToolsProtocol.LIST, List.of());
    answer(words -> {
      if (words.letter() == QueueToolsProtocol.MESSAGE) {
        listing.message(message(words));
      } else if (words.letter() == QueueToolsProtocol.RECIPIENT) {
        listing.recipient(
            new ListedRecipient(
                words.text(0), words.text(1), words.text(2).equals("1"), words.text(3)));
      }
    });
  }

  private static ListedMessage message(Words words) throws IOException {
    try {
      return new ListedMessage(
          words.text(0),
          words.text(1),
          Instant.ofEpochSecond(Long.parseLong(words.text(2))),
          Long.parseLong(words.text(3)),
          words.text(4).equals("1"),
          words.text(5));
    } catch (NumberFormatException e) {
      throw new IOException("malformed answer", e);
    }
  }

  @Override
  public void flush() throws IOException {
    request(QueueToolsProtocol.FLUSH, List.of());
    answer();
  }

  @Override
  public void flushMessage(String queueId) throws IOException {
    request(QueueToolsProtocol.FLUSH_MESSAGE, List.of(queueId));
    answer();
  }

  @Override
  public boolean flushSite(String site) throws IOException {
    request(QueueToolsProtocol.FLUSH_SITE, List.of(site));
    return answer() >= 0;
  }

  @Override
  public void change(QueueAction action, List<String> queues, List<String> ids, Changes changes)
      throws IOException {
    for (int from = 0; from < ids.size(); from += IDS_A_REQUEST) {
      List<String> texts = new ArrayList<>();
      texts.add(action.name());
      texts.add(Integer.toString(queues.size()));
      texts.addAll(queues);
      texts.addAll(ids.subList(from, Math.min(ids.size(), from + IDS_A_REQUEST)));
      request(QueueToolsProtocol.CHANGE, texts);
      answer(words -> changes.changed(words.text(0)));
    }
  }

  @Override
  public long changeAll(QueueAction action, List<String> queues) throws IOException {
    List<String> texts = new ArrayList<>();
    texts.add(action.name());
    texts.addAll(queues);
    request(QueueToolsProtocol.CHANGE_ALL, texts);
    return answer();
  }

  @Override
  public boolean records(String queueId, Records records) throws IOException {
    request(QueueToolsProtocol.RECORDS, List.of(queueId));
    Words end =
        answer(words -> {
          if (words.letter() == QueueToolsProtocol.PATH) {
            records.path(words.text(0));
          } else if (!words.text(0).isEmpty()) {
            records.record(new QueueFileRecord(words.text(0).charAt(0), words.text(1)));
          }
        });
    return !end.text(0).equals("0");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
