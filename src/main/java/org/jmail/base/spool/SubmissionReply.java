package org.jmail.base.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The mail system's answer to one submission on the socket.
///
/// @param text the queue id for ACCEPTED, else the reason, one line
public record SubmissionReply(Verdict verdict, String text) {

  /// What became of the message.
  public enum Verdict {
    /// On disk, ours.
    ACCEPTED('A'),
    /// Not now; the submitter may try again later.
    TRY_LATER('T'),
    /// Not now, and the submitter needs not care: he is to leave the message in maildrop, where it
    /// is tried again. An older sendmail, which does not know this, does so too.
    LEAVE_IN_MAILDROP('M'),
    /// Never, as it is.
    REFUSED('P'),
    /// Whatever the message: this user may not submit. The text names him.
    SUBMITTER_REFUSED('U');

    private final char type;

    Verdict(char type) {
      this.type = type;
    }
  }

  private static final int LIMIT = 2000;

  /// While a message is worked on, so often its submitter hears of it, in milliseconds: who hears
  /// nothing for several times as long need not wait.
  public static final long SIGN_OF_LIFE_MILLIS = 2_000;

  private static final char WORKING = 'W';

  public SubmissionReply {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && i < LIMIT; i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || c == 0x7f || c > 0xff ? '?' : c);
    }
    text = line.toString();
  }

  /// The whole reply as octets: type, length (4), text.
  public byte[] toOctets() {
    byte[] octets = new byte[5 + text.length()];
    octets[0] = (byte) verdict.type;
    octets[3] = (byte) (text.length() >>> 8);
    octets[4] = (byte) text.length();
    System.arraycopy(text.getBytes(ISO_8859_1), 0, octets, 5, text.length());
    return octets;
  }

  /// Writes it in one piece.
  public void writeTo(OutputStream out) throws IOException {
    out.write(toOctets());
    out.flush();
  }

  /// Says that the message is being worked on; may come any number of times before a reply.
  public static byte[] signOfLife() {
    return new byte[] {WORKING, 0, 0, 0, 0};
  }

  /// Reads one reply.
  ///
  /// @throws MalformedSubmissionException for anything else; incomplete when the stream ended
  public static SubmissionReply read(InputStream in) throws IOException {
    return read(in, () -> {});
  }

  /// The same.
  ///
  /// @param alive called for each sign of life before it
  public static SubmissionReply read(InputStream in, Runnable alive) throws IOException {
    byte[] head = in.readNBytes(5);
    while (java.util.Arrays.equals(head, signOfLife())) {
      alive.run();
      head = in.readNBytes(5);
    }
    if (head.length < 5) {
      throw new MalformedSubmissionException("no reply", true);
    }
    int length = (head[3] & 0xff) << 8 | (head[4] & 0xff);
    if (head[1] != 0 || head[2] != 0 || length > LIMIT) {
      throw SubmissionReader.malformed("bad reply");
    }
    byte[] text = in.readNBytes(length);
    if (text.length < length) {
      throw new MalformedSubmissionException("no reply", true);
    }
    for (Verdict verdict : Verdict.values()) {
      if (verdict.type == head[0]) {
        return new SubmissionReply(verdict, new String(text, ISO_8859_1));
      }
    }
    throw SubmissionReader.malformed("bad reply");
  }
}
