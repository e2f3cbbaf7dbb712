package org.jmail.base.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecordReaderTest {

  private static final int LIMIT = 2048;

  /// Gives at most so many octets at a time.
  private static final class Pieces extends InputStream {
    private final InputStream in;
    private final int most;

    Pieces(String text, int most) {
      this.in = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, Math.min(length, most));
    }
  }

  private static List<String> records(String text, int piece) throws IOException {
    RecordReader reader = new RecordReader(new Pieces(text, piece), LIMIT);
    List<String> records = new ArrayList<>();
    while (reader.read()) {
      records.add(
          new String(reader.buffer(), reader.offset(), reader.length(), ISO_8859_1)
              + (reader.endsLine() ? "\n" : ""));
    }
    return records;
  }

  private static List<String> expected(String text) {
    List<String> records = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int lineFeed = text.indexOf('\n', at);
      int end = lineFeed < 0 ? text.length() : lineFeed + 1;
      boolean whole = lineFeed >= 0 && lineFeed - at < LIMIT;
      int next = whole ? end : Math.min(end, at + LIMIT);
      records.add(text.substring(at, next));
      at = next;
    }
    return records;
  }

  @Test
  void recordsAreTheSameHoweverTheContentComes() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      int lines = random.nextInt(200);
      for (int line = 0; line < lines; line++) {
        int length = random.nextInt(random.nextInt(20) == 0 ? 3 * LIMIT : 100);
        text.append("x".repeat(length)).append('\n');
      }
      text.append("y".repeat(random.nextInt(2 * LIMIT)));
      for (int piece : new int[] {1, 7, 1000, 1024, 4096, 100_000}) {
        assertEquals(expected(text.toString()), records(text.toString(), piece));
      }
    }
  }

  @Test
  void linesAsLongAsTheLimitAndItsNeighboursAreCutAsOneExpects() throws IOException {
    for (int length : new int[] {0, LIMIT - 1, LIMIT, LIMIT + 1, 2 * LIMIT, 2 * LIMIT + 1}) {
      String text = "x".repeat(length) + "\nend\n";
      assertEquals(expected(text), records(text, 1024), "length " + length);
    }
  }
}
