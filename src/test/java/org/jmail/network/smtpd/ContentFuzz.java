package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The content of DATA, in any pieces, for any line limit, against a plain statement of RFC 5321
/// section 4.5.2 and of smtpd_forbid_bare_newline; and the same octets in chunks of any size. The
/// first two octets choose.
public final class ContentFuzz {

  private static final List<BareNewline> MODES = List.of(BareNewline.values());
  private static final String REFUSED = "refused";
  private static final String NO_END = "no end";

  private ContentFuzz() {}

  /// Takes octets: how, then what the client sends.
  public static void fuzzerTestOneInput(byte[] octets) throws IOException {
    if (octets.length < 2) {
      return;
    }
    BareNewline mode = MODES.get(octets[0] & 3);
    int limit = 8 + (octets[1] & 0x3f);
    byte[] script = Arrays.copyOfRange(octets, 2, octets.length);
    String sent = new String(SentOctets.sent(script), ISO_8859_1);
    String taken = taken(script, mode, limit);
    if (mode != BareNewline.NO || longest(sent) <= limit) {
      assertEquals(expected(sent, mode, limit), taken);
    }
    chunks(sent.getBytes(ISO_8859_1), mode != BareNewline.NO, 1 + (octets[1] & 0xff));
  }

  /// Where bare newlines are trusted, all CRs before LF belong to the end of a line, but for those
  /// that a long line is cut between, as in Postfix.
  private static int longest(String text) {
    return Arrays.stream(text.split("\n", -1)).mapToInt(String::length).max().orElse(0);
  }

  /// What a client that reads the RFC would say.
  private static String expected(String sent, BareNewline mode, int limit) {
    boolean strict = mode != BareNewline.NO;
    StringBuilder content = new StringBuilder();
    boolean afterBare = false;
    int at = 0;
    while (true) {
      int lineFeed = sent.indexOf('\n', at);
      if (lineFeed < 0) {
        return NO_END;
      }
      String line = sent.substring(at, lineFeed);
      boolean bare = !line.endsWith("\r");
      if (bare && mode == BareNewline.REJECT) {
        return REFUSED;
      }
      line = strict ? line.replaceFirst("\r\\z", "") : line.replaceFirst("\r+\\z", "");
      boolean first = at == 0;
      at = lineFeed + 1;
      boolean smuggled = strict && (bare || afterBare);
      afterBare = bare;
      if (line.equals(".")) {
        if (smuggled) {
          continue;
        }
        return content + "|" + sent.substring(at);
      }
      String start = line.substring(0, Math.min(limit, line.length()));
      if (first && start.matches("(?s)>*From .*")) {
        content.append("X-Mailbox-Line: ").append(line);
      } else {
        content.append(line.startsWith(".") ? line.substring(1) : line);
      }
      content.append('\n');
    }
  }

  private static String taken(byte[] script, BareNewline mode, int limit) throws IOException {
    SentOctets line = new SentOctets(script);
    LineReader reader = new LineReader(line, new OutputBuffer(line), Duration.ofMinutes(5), false);
    reader.strict(mode != BareNewline.NO);
    reader.expectContent(true);
    ContentReader content = new ContentReader(reader, limit, new ContentTally(0, mode, () -> {}));
    try {
      String taken = new String(content.readAllBytes(), ISO_8859_1);
      return taken + "|" + new String(rest(line, reader), ISO_8859_1);
    } catch (BadContentException e) {
      return REFUSED;
    } catch (ClientGoneException e) {
      return NO_END;
    }
  }

  private static byte[] rest(SentOctets line, LineReader reader) throws IOException {
    byte[] pending = new byte[reader.pending()];
    if (pending.length > 0) {
      assertEquals(pending.length, reader.read(pending, 0, pending.length));
    }
    byte[] unread = line.input().readAllBytes();
    byte[] all = Arrays.copyOf(pending, pending.length + unread.length);
    System.arraycopy(unread, 0, all, pending.length, unread.length);
    return all;
  }

  /// Where chunks are cut must not matter.
  private static void chunks(byte[] sent, boolean strict, int size) {
    String whole = lines(sent, strict, sent.length);
    assertEquals(whole, lines(sent, strict, size));
    assertTrue(sent.length == 0 || whole.endsWith("\n"), whole);
  }

  private static String lines(byte[] sent, boolean strict, int size) {
    ContentTally tally = new ContentTally(0, BareNewline.NORMALIZE, () -> {});
    ChunkLines lines = new ChunkLines(tally, strict);
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < sent.length; at += size) {
      byte[] piece = Arrays.copyOfRange(sent, at, Math.min(sent.length, at + size));
      lines.take(piece, piece.length);
      out.append(new String(lines.octets(), 0, lines.length(), ISO_8859_1));
    }
    lines.finish();
    return out.append(new String(lines.octets(), 0, lines.length(), ISO_8859_1)).toString();
  }
}
