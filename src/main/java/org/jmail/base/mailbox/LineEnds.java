package org.jmail.base.mailbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Passes on what is written, with another line end in place of each LF and, if asked for, another
/// dot before a line's first. Buffers until flushed; does not close what it writes to.
final class LineEnds extends OutputStream {

  private static final int BUFFER = 16 * 1024;

  private final OutputStream out;
  private final byte[] lineEnd;
  private final boolean doubleDots;
  private final byte[] buffer = new byte[BUFFER];
  private int used;
  private boolean lineStart = true;

  LineEnds(OutputStream out, String lineEnd, boolean doubleDots) {
    this.out = out;
    this.lineEnd = lineEnd.getBytes(StandardCharsets.ISO_8859_1);
    this.doubleDots = doubleDots;
  }

  @Override
  public void write(int octet) throws IOException {
    if (octet == '\n') {
      for (byte each : lineEnd) {
        put(each);
      }
      lineStart = true;
      return;
    }
    if (lineStart && doubleDots && octet == '.') {
      put((byte) '.');
    }
    put((byte) octet);
    lineStart = false;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(octets[i]);
    }
  }

  private void put(byte octet) throws IOException {
    if (used == BUFFER) {
      flush();
    }
    buffer[used++] = octet;
  }

  @Override
  public void flush() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }
}
