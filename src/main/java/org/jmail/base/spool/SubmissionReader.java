package org.jmail.base.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// Reads submissions, one after the other: [#next] gives the envelope, [#content] the octets after
/// it. Total: every input gives submissions, then an end or a [MalformedSubmissionException]. What
/// strangers may make it hold in memory is bounded by [Submission#ENVELOPE_LIMIT]. For one thread.
/// Buffers: nobody else may read from the stream.
public final class SubmissionReader {

  private final InputStream in;
  private final boolean single;
  private ContentStream content = new ContentStream(true);

  /// Reads from `in`, which stays the caller's to close.
  public SubmissionReader(InputStream in) {
    this(in, false);
  }

  private SubmissionReader(InputStream in, boolean single) {
    this.in = new BufferedInputStream(in, 1 << 14);
    this.single = single;
  }

  /// Reads a file that holds one submission and nothing else: what follows its end marker makes it
  /// malformed, and its content's end is not reported.
  public static SubmissionReader ofFile(InputStream in) {
    return new SubmissionReader(in, true);
  }

  /// The envelope of a file.
  ///
  /// @throws MalformedSubmissionException also when there is none
  public Submission only() throws IOException {
    Optional<Submission> submission = next();
    if (submission.isEmpty()) {
      throw new MalformedSubmissionException("empty", true);
    }
    return submission.get();
  }

  /// The next envelope; empty when the stream ends where a submission would begin. The content of
  /// the one before must have been read to its end.
  ///
  /// @throws MalformedSubmissionException when there is something else
  public Optional<Submission> next() throws IOException {
    if (!content.finished) {
      throw new IllegalStateException("content not read to its end");
    }
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    checkStart(first);
    EnvelopeBuilder envelope = new EnvelopeBuilder();
    int octets = 0;
    while (true) {
      int type = octet();
      if (type == SubmissionFormat.CONTENT || type == SubmissionFormat.END) {
        content = new ContentStream(false);
        content.record(type);
        return Optional.of(envelope.build());
      }
      byte[] payload = octets(length(Submission.TEXT_LIMIT));
      octets += payload.length + 5;
      if (octets > Submission.ENVELOPE_LIMIT) {
        throw malformed("envelope larger than " + Submission.ENVELOPE_LIMIT + " octets");
      }
      envelope.add(type, payload);
    }
  }

  private void checkStart(int first) throws IOException {
    byte[] start = new byte[SubmissionFormat.MAGIC.length];
    start[0] = (byte) first;
    for (int i = 1; i < start.length; i++) {
      start[i] = (byte) octet();
    }
    if (!Arrays.equals(start, SubmissionFormat.MAGIC)) {
      throw malformed("not a submission");
    }
    int version = octet();
    if (version != SubmissionFormat.VERSION) {
      throw malformed(
          "submission format "
              + version
              + " is not known here (only "
              + SubmissionFormat.VERSION
              + "); sendmail and the running mail system are of different versions");
    }
  }

  /// The content of the submission that [#next] returned last. Its end is reported only after the
  /// end marker was read and is right: who reads to the end has a complete message.
  public InputStream content() {
    return content;
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new MalformedSubmissionException("incomplete", true);
    }
    return octet;
  }

  private int length(int limit) throws IOException {
    int length = octet() << 24 | octet() << 16 | octet() << 8 | octet();
    if (length < 0 || length > limit) {
      throw malformed("record too long");
    }
    return length;
  }

  private byte[] octets(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new MalformedSubmissionException("incomplete", true);
    }
    return octets;
  }

  static MalformedSubmissionException malformed(String why) {
    return new MalformedSubmissionException(why, false);
  }

  static String text(byte[] payload) throws MalformedSubmissionException {
    String text = new String(payload, ISO_8859_1);
    if (!SubmissionWriter.isOneLine(text)) {
      throw malformed("NUL or line break in envelope");
    }
    return text;
  }

  /// The content records of one submission as one stream.
  private final class ContentStream extends InputStream {
    private int left;
    private long total;
    private boolean finished;

    private ContentStream(boolean finished) {
      this.finished = finished;
    }

    private void record(int type) throws IOException {
      switch (type) {
        case SubmissionFormat.CONTENT -> {
          left = length(SubmissionFormat.CHUNK);
          total += left;
        }
        case SubmissionFormat.END -> {
          if (length(8) != 8) {
            throw malformed("bad end marker");
          }
          long announced = 0;
          for (int i = 0; i < 8; i++) {
            announced = announced << 8 | octet();
          }
          if (announced != total) {
            throw malformed("content length does not match the end marker");
          }
          if (single && in.read() >= 0) {
            throw malformed("more after the end");
          }
          finished = true;
        }
        default -> throw malformed("unexpected record type " + type);
      }
    }

    private boolean more() throws IOException {
      while (left == 0 && !finished) {
        record(octet());
      }
      return !finished;
    }

    @Override
    public int read() throws IOException {
      if (!more()) {
        return -1;
      }
      int octet = octet();
      left--;
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!more()) {
        return -1;
      }
      int count = in.read(buffer, offset, Math.min(length, left));
      if (count < 0) {
        throw new MalformedSubmissionException("incomplete", true);
      }
      left -= count;
      return count;
    }
  }
}
