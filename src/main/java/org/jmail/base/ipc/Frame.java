package org.jmail.base.ipc;

import java.nio.ByteBuffer;

/// One frame: a header of ten octets, then the payload.
///
///     octet 0      version, see [#VERSION]
///     octet 1      kind
///     octets 2-5   which request, chosen by the network process
///     octets 6-9   length of the payload, at most [#MAX_PAYLOAD]
///
/// Numbers are big-endian. A frame is the unit of memory: a content of any size travels in many of
/// them, and frames of different requests may alternate.
///
/// @param payload read-only, positioned at its first octet
public record Frame(FrameKind kind, int request, ByteBuffer payload) {

  /// The version spoken here; a peer of another version is refused.
  public static final int VERSION = 3;

  /// The octets before the payload.
  public static final int HEADER = 10;

  /// The largest payload.
  public static final int MAX_PAYLOAD = 256 * 1024;

  /// How much content one frame carries at most.
  public static final int CHUNK = 64 * 1024;

  public Frame {
    if (payload.remaining() > MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload of " + payload.remaining() + " octets");
    }
    payload = payload.asReadOnlyBuffer();
  }

  /// A frame without payload.
  static Frame of(FrameKind kind, int request) {
    return new Frame(kind, request, ByteBuffer.allocate(0));
  }
}
