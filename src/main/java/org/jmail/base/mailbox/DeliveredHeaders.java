package org.jmail.base.mailbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.jmail.base.address.AddressParser;
import org.jmail.base.message.Content;
import org.jmail.base.table.Utf8;

/// The Delivered-To: headers of a message, each a recipient it has been at. Postfix counterpart:
/// delivered_hdr.c.
public final class DeliveredHeaders {

  /// More are not looked at.
  private static final int MOST = 1000;

  /// Longer lines are looked at up to here.
  private static final int LINE = 2048;

  private static final int MOST_BUFFERED = 4 * 1024;

  private static final String NAME = "delivered-to";

  private final Set<String> addresses = new HashSet<>();

  private DeliveredHeaders() {}

  /// Those of a message.
  public static DeliveredHeaders of(Content content) throws IOException {
    DeliveredHeaders headers = new DeliveredHeaders();
    int buffer = Math.clamp(content.size(), 1, MOST_BUFFERED);
    try (InputStream in = new BufferedInputStream(content.open(), buffer)) {
      StringBuilder line = new StringBuilder();
      while (headers.addresses.size() < MOST && headers.readLine(in, line)) {
        if (!headers.take(line.toString())) {
          break;
        }
      }
    }
    return headers;
  }

  /// Whether the message has been at this recipient.
  public boolean contains(String address) {
    return addresses.contains(fold(AddressParser.quote(address)));
  }

  /// @return false at the end of the header
  private boolean take(String line) {
    if (line.isEmpty()) {
      return false;
    }
    if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      return true;
    }
    int colon = line.indexOf(':');
    if (colon <= 0) {
      return false;
    }
    if (line.substring(0, colon).strip().equalsIgnoreCase(NAME)) {
      addresses.add(fold(line.substring(colon + 1).stripLeading()));
    }
    return true;
  }

  private static String fold(String address) {
    return Utf8.fold(address);
  }

  private boolean readLine(InputStream in, StringBuilder line) throws IOException {
    line.setLength(0);
    int octet = in.read();
    if (octet < 0) {
      return false;
    }
    for (; octet >= 0 && octet != '\n'; octet = in.read()) {
      if (line.length() < LINE) {
        line.append((char) octet);
      }
    }
    return true;
  }
}
