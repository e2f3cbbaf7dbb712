package org.jmail.base.address;

import java.util.List;
import org.jmail.base.address.AddressTree.Address;
import org.jmail.base.address.AddressTree.Loose;
import org.jmail.base.address.AddressTree.Node;

/// Tokens back to text (Postfix tok822_internalize, tok822_externalize).
final class AddressWriter {

  /// CERT CA-2003-07: text beside one address that Sendmail held in a fixed buffer.
  private static final int MAX_NON_ADDRESS_LENGTH = 250;

  private AddressWriter() {}

  static void internal(StringBuilder out, List<Token> tokens, boolean joined) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.kind()) {
        case GROUP_START -> out.append(':');
        case DOMAIN_LITERAL -> out.append('[').append(token.text()).append(']');
        default -> out.append(token.text());
      }
      if (!joined && i + 1 < tokens.size() && blankBetween(token, tokens.get(i + 1))) {
        out.append(' ');
      }
    }
  }

  static void external(StringBuilder out, List<Token> tokens, boolean joined) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      external(out, token);
      boolean comma = token.is(',');
      if (comma || (!joined && i + 1 < tokens.size() && blankBetween(token, tokens.get(i + 1)))) {
        out.append(' ');
      }
    }
  }

  private static void external(StringBuilder out, Token token) {
    switch (token.kind()) {
      case GROUP_START -> out.append(':');
      case QUOTED_STRING -> quoted(out.append('"'), token.text(), "\"\\\r\n").append('"');
      case DOMAIN_LITERAL -> quoted(out.append('['), token.text(), "\\\r\n").append(']');
      default -> out.append(token.text());
    }
  }

  private static StringBuilder quoted(StringBuilder out, String text, String needBackslash) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (needBackslash.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out;
  }

  private static boolean blankBetween(Token token, Token next) {
    return token.is(',')
        || token.kind() == Token.Kind.GROUP_START
        || next.is('<')
        || (token.isWord() && next.isWord());
  }

  static String tree(List<Node> nodes, boolean header) {
    StringBuilder out = new StringBuilder();
    int start = 0;
    int addressLength = -1; // none since start
    String address = "";
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean last = i + 1 == nodes.size();
      Node next = last ? node : nodes.get(i + 1);
      switch (node) {
        case Address found -> {
          address = AddressParser.quote(found.internal());
          addressLength = address.length();
          out.append(address);
        }
        case Loose(Token token) when token.is(',') -> {
          if (header && addressLength >= 0) {
            strip(out, start, address, addressLength);
          }
          out.append(',').append(header ? '\n' : ' ');
          start = out.length();
          addressLength = -1;
          continue;
        }
        case Loose(Token token) -> {
          if (token.is('<') && !last && next instanceof Loose(Token closing) && closing.is('>')) {
            address = "";
            addressLength = 0;
          }
          external(out, token);
        }
      }
      if (!last && blankBetween(node, next)) {
        out.append(' ');
      }
    }
    if (header && addressLength >= 0) {
      strip(out, start, address, addressLength);
    }
    return out.toString();
  }

  private static boolean blankBetween(Node node, Node next) {
    return blankBetween(asToken(node), asToken(next));
  }

  private static Token asToken(Node node) {
    return switch (node) {
      case Address ignored -> Token.atom("");
      case Loose(Token token) -> token;
    };
  }

  private static void strip(StringBuilder out, int start, String address, int addressLength) {
    if (out.length() - start - addressLength > MAX_NON_ADDRESS_LENGTH) {
      out.setLength(start);
      out.append('<').append(address).append('>');
    }
  }
}
