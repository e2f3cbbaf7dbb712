package org.jmail.network.smtpd;

import java.util.Optional;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.AddressTree;
import org.jmail.base.address.AddressTree.Address;
import org.jmail.base.address.AddressTree.Loose;
import org.jmail.base.address.AddressTree.Node;

/// The address of MAIL, RCPT or VRFY out of what clients put round it (Postfix extract_addr): it
/// may lack its angle brackets, and have comments and phrases, unless the rules are strict.
final class AddressArgument {

  private AddressArgument() {}

  /// The address in internal form, a source route left out; empty when it is none.
  ///
  /// @param word with its angle brackets, if it has any
  static Optional<String> internal(String word, boolean mayBeEmpty, boolean strict) {
    boolean enclosed = word.startsWith("<") && word.endsWith(">") && word.length() > 1;
    String text = enclosed ? word.substring(1, word.length() - 1) : word;
    if (text.startsWith("@") && text.indexOf(':') >= 0) {
      text = text.substring(text.indexOf(':') + 1);
    }
    AddressTree tree = AddressParser.parse(text);
    Optional<Address> address = Optional.empty();
    int addresses = 0;
    boolean other = false;
    for (Node node : tree.nodes()) {
      switch (node) {
        case Address found -> {
          address = Optional.of(found);
          addresses++;
        }
        case Loose(var token) -> other |= !token.is('<') && !token.is('>');
      }
    }
    if (addresses > 1 || (strict && (other || !word.startsWith("<")))) {
      return Optional.empty();
    }
    String internal = address.map(Address::internal).orElse("");
    boolean bad = (internal.isEmpty() && !mayBeEmpty) || (strict && internal.startsWith("@"));
    return bad ? Optional.empty() : Optional.of(internal);
  }
}
