package org.jmail.base.address;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jmail.base.address.AddressTree.Address;
import org.jmail.base.address.AddressTree.Loose;
import org.jmail.base.address.AddressTree.Node;

/// Reads the address text of headers, aliases and command lines (RFC 822 section 6; Postfix
/// tok822_parse.c). Every input gives a value, in time proportional to its length: what is not
/// understood is kept where it is. A comma missing between two words is added: `a b` is two
/// addresses, and so is `Last, First <user@example.com>`, the first of them `Last`.
public final class AddressParser {

  private AddressParser() {}

  /// Parses a list of addresses with comments, phrases and groups.
  public static AddressTree parse(String text) {
    return parse(text, Integer.MAX_VALUE);
  }

  /// Parses no more than the first `tokenLimit` tokens; the text after them is dropped.
  public static AddressTree parse(String text, int tokenLimit) {
    return new Grouping(AddressScanner.scan(text, tokenLimit)).run();
  }

  /// Splits text into tokens, without looking for addresses.
  public static List<Token> scan(String text) {
    return AddressScanner.scan(text, Integer.MAX_VALUE);
  }

  /// Takes the whole text as one address.
  public static Address scanAddress(String text) {
    return new Address(scan(text), false);
  }

  /// The addresses of a list in internal form.
  public static List<String> addresses(String text) {
    return parse(text).addresses().stream().map(Address::internal).toList();
  }

  /// An internal address as it is written in a header, with its local part quoted where RFC 822
  /// wants it.
  public static String quote(String internal) {
    return AddressQuoting.quote822(internal);
  }

  /// The grouping of tokens into addresses. It goes from right to left, as Postfix does, because
  /// the end of a thing says what it is: `>` a route, `;` a group. `out` is what lies right of the
  /// boundary, last first; `pending` lies between the current token and the boundary, last first.
  private static final class Grouping {
    private final List<Token> tokens;
    private final List<Node> out = new ArrayList<>();
    private final List<Token> pending = new ArrayList<>();
    private boolean wordWelcome = true;
    private boolean inGroup;

    /// The token at hand; -1 is left of the first.
    private int at;

    Grouping(List<Token> tokens) {
      this.tokens = tokens;
      this.at = tokens.size() - 1;
    }

    AddressTree run() {
      boolean atBoundary = false; // the token at hand ended a route or group: it joins no address
      while (at >= 0) {
        Token token = tokens.get(at);
        if (token.kind() == Token.Kind.COMMENT) {
          out.add(new Loose(token));
        } else if (token.is(';')) {
          address(true);
          out.add(new Loose(token));
          inGroup = true;
          wordWelcome = true;
        } else if (token.is(':') && inGroup) {
          group();
          atBoundary = true;
          continue;
        } else if (token.is('>')) {
          address(true);
          out.add(new Loose(token));
          route();
          atBoundary = true;
          continue;
        } else if (token.is(',')) {
          address(false);
          out.add(new Loose(token));
          wordWelcome = true;
        } else if (token.kind() != Token.Kind.OPERATOR) {
          if (!wordWelcome) {
            address(true);
          }
          wordWelcome = false;
          pending.add(token);
        } else {
          wordWelcome = true;
          if (atBoundary) {
            out.add(new Loose(token));
          } else {
            pending.add(token);
          }
        }
        atBoundary = false;
        at--;
      }
      address(false);
      Collections.reverse(out);
      return new AddressTree(out);
    }

    /// Makes the pending tokens an address, after a comma when one is missing there.
    private void address(boolean addComma) {
      if (pending.isEmpty()) {
        return;
      }
      Collections.reverse(pending);
      out.add(new Address(pending, true));
      pending.clear();
      if (addComma) {
        out.add(new Loose(Token.COMMA));
      }
    }

    /// At the ':' of a group: its name is left as it is, up to the comma before it.
    private void group() {
      address(false);
      out.add(new Loose(new Token(Token.Kind.GROUP_START, "")));
      at--;
      while (at >= 0 && !tokens.get(at).is(',')) {
        out.add(new Loose(tokens.get(at--)));
      }
    }

    /// At the '>': what lies within is one address, comments move behind it, and the phrase before
    /// the '<' is left as it is.
    private void route() {
      at--;
      while (at >= 0 && !tokens.get(at).is('<')) {
        Token token = tokens.get(at--);
        if (token.kind() == Token.Kind.COMMENT) {
          out.add(new Loose(token));
        } else {
          pending.add(token);
        }
      }
      address(false);
      while (at >= 0 && !endsPhrase(tokens.get(at))) {
        out.add(new Loose(tokens.get(at--)));
      }
      wordWelcome = true;
    }

    private static boolean endsPhrase(Token token) {
      return token.is('>') || token.is(';') || token.is(',') || token.is(':');
    }
  }
}
