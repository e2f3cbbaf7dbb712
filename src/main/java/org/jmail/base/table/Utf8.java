package org.jmail.base.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;

/// UTF-8 within octet strings, as smtputf8_enable wants it of tables (Postfix dict_utf8.c,
/// valid_utf8_string.c, casefold.c).
public final class Utf8 {

  private Utf8() {}

  /// Whether the octets are well-formed UTF-8 (RFC 3629).
  public static boolean isValid(String octets) {
    if (isAscii(octets)) {
      return true;
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.getBytes(ISO_8859_1)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// The text in the form in which case makes no difference. Octets that are not UTF-8 are folded
  /// as ASCII.
  public static String fold(String octets) {
    if (isAscii(octets) || !isValid(octets)) {
      return Ascii.lower(octets);
    }
    String text = new String(octets.getBytes(ISO_8859_1), UTF_8);
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints().forEach(point -> folded.append(foldPoint(point)));
    return new String(folded.toString().getBytes(UTF_8), ISO_8859_1);
  }

  /// Full case folding (Unicode CaseFolding.txt, C and F) of one character: upper case first, so
  /// that the sharp s becomes ss; sigma has one form only; the dotless i stays itself.
  private static String foldPoint(int point) {
    String text = Character.toString(point);
    return point == 'ı'
        ? text
        : text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
  }

  private static boolean isAscii(String octets) {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }
}
