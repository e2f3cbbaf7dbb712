package org.jmail.command.sendmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The recipients that the header of a message names (`-t`): To, Cc and Bcc, or, when there is any
/// Resent-To, Resent-Cc or Resent-Bcc, only those (RFC 5322 section 3.6.6; Postfix output_header()
/// in sendmail.c). Sees the message as it passes and changes nothing. For one thread.
final class HeaderRecipients {

  private final int headerLimit;
  private final ByteArrayOutputStream header = new ByteArrayOutputStream(256);
  private final List<String> recipients = new ArrayList<>();
  private final List<String> resentRecipients = new ArrayList<>();
  private boolean resent;
  private boolean inHeader = true;
  private boolean continues;

  /// @param headerLimit most octets of one header (header_size_limit)
  HeaderRecipients(int headerLimit) {
    this.headerLimit = headerLimit;
  }

  /// Whether the header goes on, as far as seen.
  boolean inHeader() {
    return inHeader;
  }

  /// Sees the next line or piece.
  void see(byte[] octets, int length, boolean lineEnd) throws FatalException {
    if (!inHeader) {
      return;
    }
    if (continues) {
      append(octets, length);
    } else if (header.size() > 0 && length > 0 && isBlank(octets[0])) {
      header.write('\n');
      append(octets, length);
    } else {
      finishHeader();
      if (nameLength(octets, length) > 0) {
        append(octets, length);
      } else {
        inHeader = false;
      }
    }
    continues = !lineEnd;
  }

  /// All of them, once the message is at its end.
  List<String> recipients() {
    finishHeader();
    return resent ? resentRecipients : recipients;
  }

  private void append(byte[] octets, int length) throws FatalException {
    if (header.size() >= headerLimit) {
      throw FatalException.ofMessage(
          "unable to extract recipients: message header length exceeds safety limit");
    }
    header.write(octets, 0, length);
  }

  private void finishHeader() {
    if (header.size() == 0) {
      return;
    }
    byte[] octets = header.toByteArray();
    header.reset();
    int nameLength = nameLength(octets, octets.length);
    String name = new String(octets, 0, nameLength, ISO_8859_1).toLowerCase(Locale.ROOT);
    List<String> target;
    switch (name) {
      case "to", "cc", "bcc" -> target = recipients;
      case "resent-to", "resent-cc", "resent-bcc" -> {
        target = resentRecipients;
        resent = true;
      }
      default -> {
        return;
      }
    }
    int colon = nameLength;
    while (octets[colon] != ':') {
      colon++;
    }
    String text = new String(octets, colon + 1, octets.length - colon - 1, ISO_8859_1);
    target.addAll(Addresses.of(text));
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  /// The length of the name of a header that begins here; 0 when none does. White space between
  /// name and colon is allowed (RFC 5322 section 4.5; Postfix is_header.c).
  private static int nameLength(byte[] octets, int length) {
    int name = 0;
    while (name < length && octets[name] > ' ' && octets[name] < 0x7f && octets[name] != ':') {
      name++;
    }
    int colon = name;
    while (colon < length && isBlank(octets[colon])) {
      colon++;
    }
    return colon < length && octets[colon] == ':' ? name : 0;
  }
}
