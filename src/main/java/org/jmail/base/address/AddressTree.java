package org.jmail.base.address;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Address text, parsed: what belongs to one address is under an [Address]; phrases, comments,
/// commas, angle brackets and group syntax lie beside it. Nothing of the text is lost, so that it
/// can be written again (Postfix tok822_parse.c).
public record AddressTree(List<Node> nodes) {

  /// A token outside any address, or an address.
  public sealed interface Node {}

  /// A token outside any address.
  public record Loose(Token token) implements Node {}

  /// The tokens of one address, without `<>` and comments.
  ///
  /// @param tokens not empty when it comes from [AddressParser#parse(String)]
  /// @param joined whether neighbouring words are written without a blank between, as those of an
  ///   address within a parsed text are; those of an address scanned by itself are not
  public record Address(List<Token> tokens, boolean joined) implements Node {
    public Address {
      tokens = List.copyOf(tokens);
    }

    /// Without any quoting: the form for lookups and envelopes.
    public String internal() {
      StringBuilder out = new StringBuilder();
      AddressWriter.internal(out, tokens, joined);
      return out.toString();
    }

    /// With quotes where the tokens need them.
    public String external() {
      StringBuilder out = new StringBuilder();
      AddressWriter.external(out, tokens, joined);
      return out.toString();
    }
  }

  public AddressTree {
    nodes = List.copyOf(nodes);
  }

  /// The addresses in the order given.
  public List<Address> addresses() {
    List<Address> found = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof Address address) {
        found.add(address);
      }
    }
    return found;
  }

  /// The same text with other addresses. The same instance when nothing changed.
  public AddressTree map(UnaryOperator<Address> change) {
    List<Node> changed = new ArrayList<>(nodes.size());
    boolean same = true;
    for (Node node : nodes) {
      Node next = node instanceof Address address ? change.apply(address) : node;
      same &= next.equals(node);
      changed.add(next);
    }
    return same ? this : new AddressTree(changed);
  }

  /// The text again, on one line.
  public String external() {
    return AddressWriter.tree(nodes, false);
  }

  /// The text as a header's value: LF after each comma, and comments and phrases of more than 250
  /// octets round one address removed, as Postfix protects old Sendmail.
  public String header() {
    return AddressWriter.tree(nodes, true);
  }
}
