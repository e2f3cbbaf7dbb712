package org.jmail.network.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Reads what [RecordOutput] wrote. Any octets give a value or a [CorruptRecordException].
final class RecordInput {

  private final ByteBuffer buffer;

  /// Checks the checksum first, so that what follows is as it was written or was never ours.
  RecordInput(byte[] record) throws CorruptRecordException {
    if (record.length < 4) {
      throw new CorruptRecordException("record of " + record.length + " octets");
    }
    int length = record.length - 4;
    CRC32C checksum = new CRC32C();
    checksum.update(record, 0, length);
    if ((int) checksum.getValue() != ByteBuffer.wrap(record).getInt(length)) {
      throw new CorruptRecordException("wrong checksum");
    }
    buffer = ByteBuffer.wrap(record, 0, length);
  }

  int octet() throws CorruptRecordException {
    return room(1).get() & 0xff;
  }

  boolean flag() throws CorruptRecordException {
    return octet() != 0;
  }

  int number() throws CorruptRecordException {
    return room(4).getInt();
  }

  long longNumber() throws CorruptRecordException {
    return room(8).getLong();
  }

  String text() throws CorruptRecordException {
    int length = number();
    if (length < 0) {
      throw new CorruptRecordException("negative length");
    }
    byte[] octets = new byte[room(length).remaining() < length ? 0 : length];
    buffer.get(octets);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /// The constant of this name.
  <E extends Enum<E>> E constant(Class<E> type) throws CorruptRecordException {
    String name = text();
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new CorruptRecordException("no such " + type.getSimpleName() + ": " + name, e);
    }
  }

  private ByteBuffer room(int octets) throws CorruptRecordException {
    if (buffer.remaining() < octets) {
      throw new CorruptRecordException("record ends early");
    }
    return buffer;
  }
}
