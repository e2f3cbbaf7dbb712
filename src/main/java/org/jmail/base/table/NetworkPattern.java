package org.jmail.base.table;

import java.util.Optional;
import org.jmail.base.config.BadValueException;

/// An address, or a network `address/length`, in brackets or not (Postfix cidr_match.c).
public final class NetworkPattern {

  /// 4 or 16; those behind the prefix are zero.
  private final byte[] octets;

  private final int prefix;

  NetworkPattern(byte[] octets, int prefix) {
    this.octets = octets;
    this.prefix = prefix;
  }

  /// Reads a pattern.
  ///
  /// @throws BadValueException saying what is wrong with it
  public static NetworkPattern parse(String pattern) throws BadValueException {
    String text = withoutBrackets(pattern);
    int slash = text.indexOf('/');
    if (slash < 0) {
      byte[] octets =
          address(text)
              .orElseThrow(() -> new BadValueException("bad address pattern: \"" + text + "\""));
      return new NetworkPattern(octets, 8 * octets.length);
    }
    String address = text.substring(0, slash);
    String mask = text.substring(slash + 1);
    String where = " in \"" + address + "/" + mask + "\"";
    int bits = address.indexOf(':') >= 0 ? 128 : 32;
    if (!Ascii.isAllDigits(mask)) {
      throw new BadValueException("bad mask value" + where);
    }
    if (mask.length() > 9 || Integer.parseInt(mask) > bits) {
      throw new BadValueException("bad mask length" + where);
    }
    byte[] octets =
        address(address).orElseThrow(() -> new BadValueException("bad network value" + where));
    return checked(new NetworkPattern(octets, Integer.parseInt(mask)), where);
  }

  private static NetworkPattern checked(NetworkPattern pattern, String where)
      throws BadValueException {
    byte[] network = new byte[pattern.octets.length];
    boolean same = true;
    for (int i = 0; i < network.length; i++) {
      network[i] = (byte) (pattern.octets[i] & maskOctet(pattern.prefix, i));
      same &= network[i] == pattern.octets[i];
    }
    if (!same) {
      throw new BadValueException(
          "non-null host address bits"
              + where
              + ", perhaps you should use \""
              + IpText.format(network)
              + "/"
              + pattern.prefix
              + "\" instead");
    }
    return pattern;
  }

  private static String withoutBrackets(String pattern) throws BadValueException {
    if (!pattern.startsWith("[")) {
      return pattern;
    }
    int close = pattern.indexOf(']');
    if (close < 0) {
      throw new BadValueException("missing ']' character after \"[" + pattern.substring(1) + "\"");
    }
    String rest = pattern.substring(close + 1);
    if (!rest.isEmpty() && !rest.startsWith("/")) {
      throw new BadValueException("garbage after \"" + pattern.substring(0, close + 1) + "\"");
    }
    return pattern.substring(1, close) + rest;
  }

  /// The octets of an address in text form; empty when it is none.
  public static Optional<byte[]> address(String text) {
    return IpText.parse(text);
  }

  /// The text of an address of 4 or 16 octets, as inet_ntop(3) writes it.
  public static String text(byte[] octets) {
    return IpText.format(octets);
  }

  /// Whether an address lies in this network; one of the other family does not.
  public boolean contains(byte[] address) {
    if (!isSameFamily(address)) {
      return false;
    }
    for (int i = 0; i < octets.length; i++) {
      if ((address[i] & maskOctet(prefix, i)) != (octets[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  boolean isSameFamily(byte[] address) {
    return address.length == octets.length;
  }

  private static int maskOctet(int prefix, int index) {
    int bits = Math.clamp(prefix - 8L * index, 0, 8);
    return 0xff & (0xff << (8 - bits));
  }
}
