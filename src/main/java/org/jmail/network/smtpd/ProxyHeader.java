package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// What a proxy says about the client at the start of a connection: the PROXY protocol of haproxy,
/// version 1 (a line) or 2 (octets); Postfix haproxy_srvr.c. An immutable result of [#parse].
///
/// @param length how many octets it takes
/// @param ends the two ends of the client's connection to the proxy; empty when the proxy speaks
///   for itself (`LOCAL`)
record ProxyHeader(int length, Optional<Ends> ends) {

  /// Addresses and ports in text form.
  record Ends(String clientAddress, String clientPort, String serverAddress, String serverPort) {}

  /// What cannot be understood.
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /// No header is longer; TLVs of version 2 beyond it are not supported.
  static final int LONGEST = 536;

  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };
  private static final int FIXED = 16;

  /// Whether these octets, the first of the connection, hold a whole header.
  ///
  /// @param count how many there are
  static boolean isComplete(byte[] octets, int count) {
    int compared = Math.min(count, SIGNATURE.length);
    if (java.util.Arrays.equals(octets, 0, compared, SIGNATURE, 0, compared)) {
      return count >= FIXED && count >= FIXED + number(octets, 14);
    }
    for (int i = 0; i < count; i++) {
      if (octets[i] == '\n') {
        return true;
      }
    }
    return count >= LONGEST;
  }

  /// Reads a header.
  static ProxyHeader parse(byte[] octets, int count) throws MalformedException {
    return new String(octets, 0, Math.min(6, count), ISO_8859_1).equals("PROXY ")
        ? first(octets, count)
        : second(octets, count);
  }

  private static ProxyHeader first(byte[] octets, int count) throws MalformedException {
    String text = new String(octets, 0, count, ISO_8859_1);
    int end = text.indexOf('\n');
    if (end < 0) {
      throw new MalformedException("missing protocol header terminator");
    }
    String[] words = text.substring(0, end).strip().split("[ \\r]+", -1);
    int family =
        switch (words.length > 1 ? words[1].toUpperCase(java.util.Locale.ROOT) : "") {
          case "TCP4" -> 4;
          case "TCP6" -> 16;
          default -> throw new MalformedException("bad or missing protocol type");
        };
    return new ProxyHeader(
        end + 1,
        Optional.of(
            new Ends(
                address(words, 2, family, "bad or missing client address"),
                port(words, 4, "bad or missing client port"),
                address(words, 3, family, "bad or missing server address"),
                port(words, 5, "bad or missing server port"))));
  }

  private static String address(String[] words, int at, int family, String mistake)
      throws MalformedException {
    String text = words.length > at ? words[at] : "";
    boolean sixth = family == 16;
    Optional<InetAddress> address =
        org.jmail.base.routing.OwnAddresses.parseLiteral("[" + (sixth ? "IPv6:" : "") + text + "]");
    if (address.isEmpty() || (sixth && text.indexOf(':') < 0)) {
      throw new MalformedException(mistake);
    }
    return HostSyntax.text(address.get());
  }

  private static String port(String[] words, int at, String mistake) throws MalformedException {
    String text = words.length > at ? words[at] : "";
    boolean good =
        CommandParser.isNumber(text)
            && text.length() <= 5
            && (text.length() == 1 || text.charAt(0) != '0')
            && Integer.parseInt(text) <= 65535;
    if (!good) {
      throw new MalformedException(mistake);
    }
    return text;
  }

  private static ProxyHeader second(byte[] octets, int count) throws MalformedException {
    if (count < FIXED) {
      throw new MalformedException("short protocol header");
    }
    if (!java.util.Arrays.equals(octets, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw new MalformedException("unrecognized protocol header");
    }
    if ((octets[12] & 0xf0) != 0x20) {
      throw new MalformedException("unrecognized protocol version");
    }
    int length = number(octets, 14);
    if (count < FIXED + length) {
      throw new MalformedException("short version 2 protocol header");
    }
    return switch (octets[12] & 0x0f) {
      case 0 -> new ProxyHeader(FIXED + length, Optional.empty());
      case 1 -> new ProxyHeader(FIXED + length, Optional.of(ends(octets, length)));
      default -> throw new MalformedException("bad command in proxy header");
    };
  }

  private static Ends ends(byte[] octets, int length) throws MalformedException {
    int size =
        switch (octets[13]) {
          case 0x11 -> 4;
          case 0x21 -> 16;
          default -> throw new MalformedException("unsupported network protocol");
        };
    if (length < 2 * size + 4) {
      throw new MalformedException("short address field");
    }
    int ports = FIXED + 2 * size;
    return new Ends(
        address(octets, FIXED, size),
        Integer.toString(number(octets, ports)),
        address(octets, FIXED + size, size),
        Integer.toString(number(octets, ports + 2)));
  }

  private static String address(byte[] octets, int at, int size) {
    try {
      return HostSyntax.text(
          InetAddress.getByAddress(java.util.Arrays.copyOfRange(octets, at, at + size)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // 4 or 16 octets always make an address
    }
  }

  private static int number(byte[] octets, int at) {
    return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
  }
}
