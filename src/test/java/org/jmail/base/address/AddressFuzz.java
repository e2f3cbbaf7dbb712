package org.jmail.base.address;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;

/// Any text is addresses, in time proportional to its length. Written and read again it is the same
/// addresses; an address that is quoted reads as itself.
public final class AddressFuzz {

  /// What is quoted in some way, or should be: some of that is lost, as in Postfix.
  private static final Pattern LOSSY = Pattern.compile("[\\\\\"\\[\\x00-\\x1f\\x7f]");

  private AddressFuzz() {}

  /// Takes octets: the value of a header.
  public static void fuzzerTestOneInput(byte[] octets) {
    String text = new String(octets, ISO_8859_1);
    AddressTree tree = AddressParser.parse(text);
    assertSame(tree, tree.map(address -> address));
    List<String> addresses = AddressParser.addresses(text);
    assertEquals(addresses.size(), tree.addresses().size());
    AddressParser.parse(text, 10);
    AddressParser.scanAddress(text).external();
    String written = tree.external();
    if (!LOSSY.matcher(text).find()) {
      assertEquals(written, AddressParser.parse(written).external());
    }
    String header = tree.header();
    assertTrue(header.length() <= 4 * text.length() + 10, header);
    String name = text.replaceAll("[\\x00-\\x1f\\x7f@]", "") + "x";
    assertEquals(List.of(name), AddressParser.addresses(AddressParser.quote(name)));
    assertEquals(name, AddressQuoting.unquote(AddressQuoting.quote822(name)));
    String path = name + "@example.com";
    assertEquals(path, AddressQuoting.unquote(AddressQuoting.quote821(path)));
    EmailAddress address = EmailAddress.parse(text.isEmpty() ? "x" : text);
    assertEquals(address, EmailAddress.parse(address.toString()));
    ReversePath sender = ReversePath.parse(text);
    assertEquals(sender, ReversePath.parse(sender.toString()));
  }
}
