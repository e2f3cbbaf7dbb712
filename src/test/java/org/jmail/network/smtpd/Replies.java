package org.jmail.network.smtpd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jmail.base.maillog.Printable;

/// What every answer of a server must be like, whatever it answers (RFC 5321 section 4.2).
final class Replies {

  private static final Pattern LINE = Pattern.compile("[2345][0-5][0-9][ -][^\\x00-\\x1f\\x7f]*");

  private Replies() {}

  /// Fails unless it can be sent.
  static void check(Reply reply) {
    List<String> lines = reply.lines();
    for (String line : lines) {
      assertTrue(LINE.matcher(line).matches(), line);
      assertEquals(Printable.of(line), line);
      assertEquals(reply.text().substring(0, 3), line.substring(0, 3));
    }
    for (String line : lines.subList(0, lines.size() - 1)) {
      assertEquals('-', line.charAt(3), line);
    }
    assertEquals(' ', lines.getLast().charAt(3));
  }

  /// The replies in what a server sent; fails unless that is replies and nothing else.
  static List<Reply> split(String sent) {
    List<Reply> replies = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    assertTrue(sent.isEmpty() || sent.endsWith("\r\n"), sent);
    int at = 0;
    while (at < sent.length()) {
      int end = sent.indexOf("\r\n", at);
      String line = sent.substring(at, end);
      at = end + 2;
      assertTrue(LINE.matcher(line).matches(), line);
      lines.add(line);
      if (line.charAt(3) == ' ') {
        replies.add(new Reply(lines));
        check(replies.getLast());
        lines.clear();
      }
    }
    assertTrue(lines.isEmpty(), "a reply without its last line");
    return replies;
  }
}
