package org.jmail.base.ipc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jmail.base.message.Recipient;

/// Composes a payload field by field; [FieldReader] takes it apart in the same order.
final class FieldWriter {

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream(256);

  FieldWriter octet(int value) {
    octets.write(value);
    return this;
  }

  FieldWriter flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  FieldWriter number(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      octets.write(value >>> shift);
    }
    return this;
  }

  FieldWriter longNumber(long value) {
    return number((int) (value >>> 32)).number((int) value);
  }

  FieldWriter instant(Instant value) {
    return longNumber(value.getEpochSecond()).number(value.getNano());
  }

  /// An octet string: its length, then one octet a char.
  FieldWriter text(String value) {
    number(value.length());
    octets.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  FieldWriter recipient(Recipient recipient) {
    return text(recipient.address().toString())
        .text(recipient.original())
        .text(recipient.dsnOrcpt())
        .octet(Codes.of(recipient.notifyOn()));
  }

  /// The frame with what was written.
  ///
  /// @throws FrameException when it is too much for one
  Frame frame(FrameKind kind, int request) throws FrameException {
    if (octets.size() > Frame.MAX_PAYLOAD) {
      throw new FrameException(
          "a " + kind + " of " + octets.size() + " octets is too long for a frame");
    }
    return new Frame(kind, request, ByteBuffer.wrap(octets.toByteArray()));
  }
}
