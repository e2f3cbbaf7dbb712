package org.jmail.network.smtpd;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Objects;

/// A client that has sent all it will send: some octets in pieces, then the end. What it is
/// answered is kept. An octet 0xFE in the script is where a piece ends; it is not sent itself.
final class SentOctets implements Line {

  private static final byte PAUSE = (byte) 0xfe;

  private final byte[] script;
  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private int at;
  private boolean stopped;

  SentOctets(byte[] script) {
    this.script = script;
  }

  /// All octets that are sent.
  static byte[] sent(byte[] script) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream(script.length);
    for (byte octet : script) {
      if (octet != PAUSE) {
        sent.write(octet);
      }
    }
    return sent.toByteArray();
  }

  byte[] answers() {
    return answers.toByteArray();
  }

  /// Whether the server did not want to hear the rest.
  boolean isStopped() {
    return stopped;
  }

  private int piece() {
    int end = at;
    while (end < script.length && script[end] != PAUSE) {
      end++;
    }
    return end - at;
  }

  @Override
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int most) {
        Objects.checkFromIndexSize(offset, most, into.length);
        while (at < script.length && script[at] == PAUSE) {
          at++;
        }
        if (stopped || at == script.length) {
          return -1;
        }
        int count = Math.min(most, piece());
        System.arraycopy(script, at, into, offset, count);
        at += count;
        return count;
      }
    };
  }

  @Override
  public ByteArrayOutputStream output() {
    return answers;
  }

  @Override
  public void readTimeout(int milliseconds) {}

  @Override
  public boolean isReadable() {
    return !stopped && piece() > 0;
  }

  @Override
  public void stopReading() {
    stopped = true;
  }
}
