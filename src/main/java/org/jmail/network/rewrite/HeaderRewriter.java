package org.jmail.network.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.AddressTree;
import org.jmail.base.address.AddressTree.Address;
import org.jmail.base.message.KnownHeader;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.TableException;

/// Rewrites the addresses in one header (Postfix cleanup_message.c). A header none of whose
/// addresses changes stays as it is, octet for octet.
public final class HeaderRewriter {

  private static final int LINE = 70;

  private final AddressRewriter rewriter;
  private final AddressMapping mapping;
  private final int tokenLimit;

  /// @param rewriter completes addresses; of the context that the message came from
  /// @param mapping then maps them
  /// @param tokenLimit header_address_token_limit: what a header has beyond them is dropped
  public HeaderRewriter(AddressRewriter rewriter, AddressMapping mapping, int tokenLimit) {
    this.rewriter = rewriter;
    this.mapping = mapping;
    this.tokenLimit = tokenLimit;
  }

  /// The same without mapping: addresses are only completed.
  public HeaderRewriter completingOnly() {
    return new HeaderRewriter(rewriter, AddressMapping.NONE, tokenLimit);
  }

  /// The header with its addresses rewritten, folded; empty when nothing is to change.
  ///
  /// @param header name, colon and value
  public Optional<String> rewrite(KnownHeader name, String header, Consumer<String> warnings)
      throws TableException {
    AddressClass place =
        name.kind() == KnownHeader.Kind.SENDER
            ? AddressClass.HEADER_SENDER
            : AddressClass.HEADER_RECIPIENT;
    AddressTree tree = AddressParser.parse(header.substring(name.label().length() + 1), tokenLimit);
    boolean changed = false;
    List<AddressTree.Node> nodes = new ArrayList<>(tree.nodes().size());
    for (AddressTree.Node node : tree.nodes()) {
      if (node instanceof Address address) {
        String before = address.external();
        String after = rewriter.external(before);
        changed |= !after.equals(before);
        before = AddressParser.scanAddress(after).external();
        after = mapping.external(before, place, warnings);
        changed |= !after.equals(before);
        nodes.add(AddressParser.scanAddress(after));
      } else {
        nodes.add(node);
      }
    }
    return changed
        ? Optional.of(fold(name.label() + ": " + new AddressTree(nodes).header()))
        : Optional.empty();
  }

  /// Joins lines, each an address, while they stay below 70 octets.
  public static String fold(String header) {
    StringBuilder out = new StringBuilder(header);
    int start = 0;
    for (int newline = header.indexOf('\n'); newline >= 0; ) {
      int next = header.indexOf('\n', newline + 1);
      int end = next < 0 ? header.length() : next;
      if (end - start < LINE) {
        out.setCharAt(newline, ' ');
      } else {
        start = newline + 1;
      }
      newline = next;
    }
    return out.toString();
  }
}
