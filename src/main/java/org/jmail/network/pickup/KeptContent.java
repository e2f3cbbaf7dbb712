package org.jmail.network.pickup;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The content of a submission on the socket, which comes once. It is kept while it is read, as far
/// as it is small, so that it can be opened once more. For one thread.
final class KeptContent implements SubmissionHandler.Source {

  /// What a connection may make us hold.
  static final int LIMIT = 1 << 16;

  private final InputStream content;
  private byte[] kept = new byte[1 << 11];
  private int count;
  private boolean begun;

  /// @param content each octet is read once
  KeptContent(InputStream content) {
    this.content = content;
  }

  @Override
  public InputStream open() {
    if (begun) {
      return new ByteArrayInputStream(kept, 0, count);
    }
    begun = true;
    return new FilterInputStream(content) {
      @Override
      public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
      }

      @Override
      public int read(byte[] octets, int offset, int length) throws IOException {
        int read = content.read(octets, offset, length);
        if (read > 0) {
          keep(octets, offset, read);
        }
        return read;
      }

      @Override
      public void close() {
        // the submitter's connection stays open
      }
    };
  }

  /// To be asked when the content was read to its end.
  @Override
  public boolean isThereAgain() {
    return count <= LIMIT;
  }

  private void keep(byte[] octets, int offset, int length) {
    if (count > LIMIT) {
      return;
    }
    if (length > LIMIT - count) {
      count = LIMIT + 1;
      kept = new byte[0];
      return;
    }
    if (length > kept.length - count) {
      kept = Arrays.copyOf(kept, Math.min(LIMIT, Math.max(2 * kept.length, count + length)));
    }
    System.arraycopy(octets, offset, kept, count, length);
    count += length;
  }
}
