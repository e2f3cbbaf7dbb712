package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmail.base.table.Utf8;

/// A session as its client understands it: it knows what it sent, reads the replies in order, and
/// tells from them alone what each stands for. Where the server saw other commands, or another end
/// of a message, the two do not agree: that is what smugglers live on.
final class ClientView {

  private static final Pattern CHUNK =
      Pattern.compile(
          "(?i)[ \t\u000b\f\r]*BDAT[ \t\u000b\f\r]+0*([0-9]{1,18})([ \t\u000b\f\r]+LAST)?");

  /// The end of such a session, and not a reply that repeats what the client says.
  private static final Pattern BARE_NEWLINE =
      Pattern.compile("^[45]\\d\\d [45]\\.5\\.2 [^<\\s]+ Error: bare <LF> received");

  private final String sent;
  private final int lineLimit;
  private final boolean utf8;
  private int at;

  ClientView(byte[] sent, int lineLimit, boolean utf8) {
    this.sent = new String(sent, ISO_8859_1);
    this.lineLimit = lineLimit;
    this.utf8 = utf8;
  }

  /// Fails when the replies are not those to what was sent.
  ///
  /// @param stopped whether the server said that it reads no further
  void agree(List<Reply> replies, boolean stopped) {
    assertTrue(!replies.isEmpty(), "no greeting");
    boolean over = replies.getFirst().hangsUp() || isOutOfStep(replies.getFirst());
    for (int i = 1; i < replies.size(); i++) {
      Reply reply = replies.get(i);
      assertTrue(!over, "a reply after the last one: " + reply);
      if (isFarewell(reply) && i + 1 == replies.size()) {
        return;
      }
      over = command(reply, stopped);
      if (reply.text().startsWith("354 ")) {
        i++;
        if (i == replies.size()) {
          assertTrue(!content(), "content was not answered");
          return;
        }
        if (!isFarewell(replies.get(i))) {
          assertTrue(content(), "an answer before the content was over: " + replies.get(i));
        }
        over = replies.get(i).hangsUp();
      }
    }
    if (!over && !stopped && sent.indexOf('\n', at) >= 0) {
      assertTrue(isUnfinishedChunk(), "a command was not answered: " + sent.substring(at));
    }
  }

  /// Whether what is left is a chunk that is not there as a whole.
  private boolean isUnfinishedChunk() {
    int lineFeed = sent.indexOf('\n', at);
    Matcher chunk = CHUNK.matcher(command(sent.substring(at, lineFeed)));
    return chunk.matches() && Long.parseLong(chunk.group(1)) > sent.length() - lineFeed - 1;
  }

  /// A line as the words of a command: up to a NUL, without blanks at its end.
  private static String command(String line) {
    int nul = line.indexOf('\0');
    return (nul < 0 ? line : line.substring(0, nul)).replaceFirst("[ \t\u000b\f\r]+\\z", "");
  }

  /// 421, which may come at any time.
  private static boolean isFarewell(Reply reply) {
    return reply.text().startsWith("421 ");
  }

  private static boolean isOutOfStep(Reply reply) {
    return reply.text().startsWith("554 5.5.0 Error: SMTP protocol synchronization");
  }

  /// What the client sent for this reply.
  ///
  /// @return whether no reply may follow
  private boolean command(Reply reply, boolean stopped) {
    int lineFeed = sent.indexOf('\n', at);
    boolean tooLong = reply.text().startsWith("500 5.5.2 ") && reply.text().contains("too long");
    if (tooLong) {
      int end = lineFeed < 0 ? sent.length() : lineFeed;
      assertTrue(end - at > lineLimit || stopped, "the line was not too long");
      at = lineFeed < 0 ? sent.length() : lineFeed + 1;
      return false;
    }
    assertTrue(lineFeed >= 0, "a reply to no command: " + reply);
    String line = command(sent.substring(at, lineFeed));
    at = lineFeed + 1;
    Matcher chunk = CHUNK.matcher(line);
    boolean refused =
        reply.text().startsWith("500 ")
            || reply.text().startsWith("521 ")
            || reply.text().startsWith("503 5.7.0 ");
    if (chunk.matches() && !refused && !(utf8 && !Utf8.isValid(line))) {
      long size = Long.parseLong(chunk.group(1));
      at = (int) Math.min(sent.length(), at + size);
    }
    return reply.hangsUp()
        || reply.text().startsWith("221 ")
        || isOutOfStep(reply)
        || BARE_NEWLINE.matcher(reply.text()).find();
  }

  /// Goes to the end of content by RFC 5321 section 4.1.1.4, and says whether there is one.
  private boolean content() {
    int end = sent.startsWith(".\r\n", at) ? at : sent.indexOf("\r\n.\r\n", at);
    if (end < 0) {
      at = sent.length();
      return false;
    }
    at = end == at && sent.startsWith(".", at) ? at + 3 : end + 5;
    return true;
  }
}
