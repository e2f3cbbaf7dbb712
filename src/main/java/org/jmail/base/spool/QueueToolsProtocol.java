package org.jmail.base.spool;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The language of `public/qmgr`. A request is a version, a letter and texts; the answer is frames,
/// each a letter and texts, up to one that ends it. Every count and length is bounded before
/// anything is allocated.
public final class QueueToolsProtocol {

  /// The first number of a request; a tool of another version is told so.
  public static final int VERSION = 0x6a510001;

  /// Most texts in a request, and octets in each and in all.
  public static final int MAX_TEXTS = 1_100;

  private static final int MAX_TEXT = 1 << 20;
  private static final int MAX_TOTAL = 4 << 20;

  private QueueToolsProtocol() {}

  /// A letter and texts: a request or a frame of the answer.
  public record Words(char letter, List<String> texts) {
    public Words {
      texts = List.copyOf(texts);
    }

    /// The text at a place.
    ///
    /// @throws IOException when there are not so many
    public String text(int index) throws IOException {
      if (index >= texts.size()) {
        throw new IOException("malformed message: too few fields");
      }
      return texts.get(index);
    }
  }

  public static void writeRequest(DataOutputStream out, Words words) throws IOException {
    out.writeInt(VERSION);
    write(out, words);
    out.flush();
  }

  /// Reads a request; fails for any other version.
  public static Words readRequest(DataInputStream in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("not a request of this version of jmail");
    }
    return read(in);
  }

  public static void write(DataOutputStream out, Words words) throws IOException {
    out.writeByte(words.letter());
    out.writeInt(words.texts().size());
    for (String text : words.texts()) {
      out.writeInt(text.length());
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  public static Words read(DataInputStream in) throws IOException {
    char letter = (char) in.readUnsignedByte();
    int count = in.readInt();
    if (count < 0 || count > MAX_TEXTS) {
      throw new IOException("malformed message: " + count + " fields");
    }
    List<String> texts = new ArrayList<>();
    int total = 0;
    for (int i = 0; i < count; i++) {
      int length = in.readInt();
      if (length < 0 || length > MAX_TEXT || length > MAX_TOTAL - total) {
        throw new IOException("malformed message: a field of " + length + " octets");
      }
      total += length;
      byte[] octets = in.readNBytes(length);
      if (octets.length < length) {
        throw new IOException("malformed message: ends early");
      }
      texts.add(new String(octets, StandardCharsets.ISO_8859_1));
    }
    return new Words(letter, texts);
  }

  // Requests.

  public static final char LIST = 'l';
  public static final char FLUSH = 'f';
  public static final char FLUSH_MESSAGE = 'i';
  public static final char FLUSH_SITE = 's';

  /// Texts: the action, the number of queues, the queues, the ids.
  public static final char CHANGE = 'c';

  /// Texts: the action, the queues.
  public static final char CHANGE_ALL = 'a';

  public static final char RECORDS = 'r';

  // Answers.

  /// A message of a listing.
  public static final char MESSAGE = 'M';

  /// A recipient of a listing.
  public static final char RECIPIENT = 'U';

  /// The id of a changed message.
  public static final char CHANGED = 'I';

  /// The path of a message.
  public static final char PATH = 'P';

  /// A record of a message.
  public static final char RECORD = 'R';

  /// The end; one text, a number.
  public static final char DONE = '.';

  /// The end: access is denied; one text, why.
  public static final char DENIED = 'D';

  /// The end: something failed; one text, why.
  public static final char FAILED = 'X';
}
