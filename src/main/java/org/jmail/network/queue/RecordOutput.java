package org.jmail.network.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Writes one record: numbers big-endian, texts as length and octets, at the end a checksum. In
/// memory; confined to one thread.
final class RecordOutput {

  private ByteBuffer buffer = ByteBuffer.allocate(256);

  RecordOutput octet(int value) {
    room(1).put((byte) value);
    return this;
  }

  RecordOutput flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  RecordOutput number(int value) {
    room(4).putInt(value);
    return this;
  }

  RecordOutput number(long value) {
    room(8).putLong(value);
    return this;
  }

  RecordOutput text(String value) {
    byte[] octets = value.getBytes(StandardCharsets.ISO_8859_1);
    room(4 + octets.length).putInt(octets.length).put(octets);
    return this;
  }

  /// A constant by its name, so that their order may change.
  RecordOutput constant(Enum<?> value) {
    return text(value.name());
  }

  /// The record with its checksum.
  byte[] toBytes() {
    CRC32C checksum = new CRC32C();
    checksum.update(buffer.array(), 0, buffer.position());
    room(4).putInt((int) checksum.getValue());
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private ByteBuffer room(int octets) {
    if (buffer.remaining() < octets) {
      ByteBuffer larger = ByteBuffer.allocate(2 * buffer.capacity() + octets);
      larger.put(buffer.flip());
      buffer = larger;
    }
    return buffer;
  }
}
