package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jmail.base.config.BadValueException;

/// A pattern for the addresses that a DNS list answers with: `127.0.0.2`, `127.0.[0;1].[2..11]`
/// (Postfix ip_match.c).
///
/// @param octets the values that each of the four may have
record OctetPattern(List<BitSet> octets) {

  /// Reads a pattern.
  ///
  /// @throws BadValueException saying what is wrong with it
  static OctetPattern parse(String pattern) throws BadValueException {
    String text = isWrapped(pattern) ? pattern.substring(1, pattern.length() - 1) : pattern;
    List<BitSet> octets = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean inBrackets = text.indexOf('[', start) == start && text.indexOf(']', start) >= i;
      if (i == text.length() || (text.charAt(i) == '.' && !inBrackets)) {
        octets.add(field(text.substring(start, i), pattern));
        start = i + 1;
      }
    }
    if (octets.size() != 4) {
      throw bad(pattern, "need four fields");
    }
    return new OctetPattern(List.copyOf(octets));
  }

  /// Brackets around it all, as in `[127.0.0.[2..4]]`.
  private static boolean isWrapped(String pattern) {
    int level = 0;
    for (int i = 0; i < pattern.length(); i++) {
      level += pattern.charAt(i) == '[' ? 1 : pattern.charAt(i) == ']' ? -1 : 0;
      if (level == 0) {
        return i > 0 && i == pattern.length() - 1;
      }
    }
    return false;
  }

  private static BitSet field(String field, String pattern) throws BadValueException {
    BitSet values = new BitSet(256);
    if (!field.startsWith("[")) {
      values.set(number(field, pattern));
      return values;
    }
    if (!field.endsWith("]")) {
      throw bad(pattern, "missing \"]\" character");
    }
    for (String part : field.substring(1, field.length() - 1).split(";", -1)) {
      int dots = part.indexOf("..");
      int from = number(dots < 0 ? part : part.substring(0, dots), pattern);
      int to = dots < 0 ? from : number(part.substring(dots + 2), pattern);
      if (to < from) {
        throw bad(pattern, "bad range " + part);
      }
      values.set(from, to + 1);
    }
    return values;
  }

  private static int number(String text, String pattern) throws BadValueException {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 255) {
      throw bad(pattern, "need decimal number 0..255 instead of \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static BadValueException bad(String pattern, String why) {
    return new BadValueException("RBL reply error: " + why + " in \"" + pattern + "\"");
  }

  boolean matches(InetAddress address) {
    byte[] octet = address.getAddress();
    for (int i = 0; i < octets.size(); i++) {
      if (!octets.get(i).get(octet[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
