package org.jmail.base.ipc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.message.Recipient;

/// Takes a payload apart. Total: a field is there and in range, or a [FrameException] says what is
/// wrong. Allocates no more than the payload is long.
final class FieldReader {

  private final ByteBuffer payload;

  FieldReader(Frame frame) {
    this.payload = frame.payload().duplicate();
  }

  int octet() throws FrameException {
    need(1);
    return payload.get() & 0xff;
  }

  boolean flag() throws FrameException {
    return constant(2) == 1;
  }

  /// An octet below `count`.
  int constant(int count) throws FrameException {
    int value = octet();
    if (value >= count) {
      throw new FrameException("value " + value + " out of range");
    }
    return value;
  }

  /// One of the values that have a code.
  <T> T oneOf(List<T> values) throws FrameException {
    return values.get(constant(values.size()));
  }

  int number() throws FrameException {
    need(Integer.BYTES);
    return payload.getInt();
  }

  long longNumber() throws FrameException {
    need(Long.BYTES);
    return payload.getLong();
  }

  Instant instant() throws FrameException {
    long seconds = longNumber();
    int nanos = number();
    if (nanos < 0 || nanos > 999_999_999) {
      throw new FrameException("a second has no " + nanos + " nanoseconds");
    }
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new FrameException("no such time: " + seconds);
    }
  }

  String text() throws FrameException {
    int length = number();
    if (length < 0) {
      throw new FrameException("text of negative length");
    }
    need(length);
    byte[] octets = new byte[length];
    payload.get(octets);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  EmailAddress address() throws FrameException {
    String text = text();
    if (text.isEmpty()) {
      throw new FrameException("empty recipient address");
    }
    return EmailAddress.parse(text);
  }

  Recipient recipient() throws FrameException {
    EmailAddress address = address();
    String original = text();
    String orcpt = text();
    Set<Recipient.Notify> notifyOn = Codes.wishes(constant(Codes.NOTIFY_SETS));
    return new Recipient(address, original, orcpt, notifyOn);
  }

  /// Every octet must have had a meaning.
  void end() throws FrameException {
    if (payload.hasRemaining()) {
      throw new FrameException(payload.remaining() + " octets too many in a frame");
    }
  }

  private void need(int octets) throws FrameException {
    if (payload.remaining() < octets) {
      throw new FrameException("a frame ends within a field");
    }
  }
}
