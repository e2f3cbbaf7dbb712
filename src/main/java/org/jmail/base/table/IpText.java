package org.jmail.base.table;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Addresses as inet_pton(3) reads and inet_ntop(3) writes them: strictly, and never by asking a
/// name server.
final class IpText {

  private IpText() {}

  /// 4 or 16 octets; empty when the text is no address.
  static Optional<byte[]> parse(String text) {
    return text.indexOf(':') >= 0 ? six(text) : four(text);
  }

  private static Optional<byte[]> four(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    byte[] octets = new byte[4];
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
      if (!Ascii.isAllDigits(part) || part.length() > 3 || leadingZero) {
        return Optional.empty();
      }
      int value = Integer.parseInt(part);
      if (value > 255) {
        return Optional.empty();
      }
      octets[i] = (byte) value;
    }
    return Optional.of(octets);
  }

  private static Optional<byte[]> six(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789abcdefABCDEF:.".indexOf(text.charAt(i)) < 0) {
        return Optional.empty();
      }
    }
    int tail = text.lastIndexOf(':') + 1;
    if (text.indexOf('.') >= 0 && four(text.substring(tail)).isEmpty()) {
      return Optional.empty();
    }
    try {
      // only digits and colons: InetAddress reads it as an address or not at all
      byte[] octets = InetAddress.getByName("[" + text + "]").getAddress();
      return Optional.of(octets.length == 16 ? octets : mapped(octets));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /// ::ffff:a.b.c.d, which InetAddress makes an IPv4 address of.
  private static byte[] mapped(byte[] four) {
    byte[] octets = new byte[16];
    octets[10] = (byte) 0xff;
    octets[11] = (byte) 0xff;
    System.arraycopy(four, 0, octets, 12, 4);
    return octets;
  }

  /// With the longest run of zero groups shortened (RFC 5952).
  static String format(byte[] octets) {
    if (octets.length == 4) {
      return (octets[0] & 0xff)
          + "."
          + (octets[1] & 0xff)
          + "."
          + (octets[2] & 0xff)
          + "."
          + (octets[3] & 0xff);
    }
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && group(octets, i + length) == 0) {
        length++;
      }
      if (length > bestLength) {
        best = i;
        bestLength = length;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        text.append(i == 0 ? "::" : ":");
        i += bestLength - 1;
      } else {
        text.append(Integer.toHexString(group(octets, i))).append(i < 7 ? ":" : "");
      }
    }
    return text.toString();
  }

  private static int group(byte[] octets, int index) {
    return ((octets[2 * index] & 0xff) << 8) | (octets[2 * index + 1] & 0xff);
  }
}
