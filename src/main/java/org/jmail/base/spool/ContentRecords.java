package org.jmail.base.spool;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A message's content in the records of a queue file: a line is an N record, a longer one comes in
/// pieces, all but the last as L records.
public final class ContentRecords {

  private static final int LINE = 2_048;

  private ContentRecords() {}

  /// Reads the content to its end.
  public static void send(InputStream content, QueueTools.Records to) throws IOException {
    InputStream in = new BufferedInputStream(content, 1 << 16);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet == '\n') {
        to.record(record('N', line));
      } else {
        if (line.size() == LINE) {
          to.record(record('L', line));
        }
        line.write(octet);
      }
    }
    if (line.size() > 0) {
      to.record(record('L', line));
    }
  }

  private static QueueFileRecord record(char type, ByteArrayOutputStream line) {
    QueueFileRecord record = new QueueFileRecord(type, line.toString(StandardCharsets.ISO_8859_1));
    line.reset();
    return record;
  }
}
