package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.table.NetworkPattern;
import org.jmail.network.dns.HostNames;

/// One list of addresses or domains in the DNS (RFC 5782): `list.example`, or
/// `list.example=127.0.0.2` for those with such a result.
///
/// @param text as it is written
/// @param domain left of the `=`
record DnsList(String text, String domain, Optional<OctetPattern> pattern) {

  /// What a list says of one subject.
  sealed interface Entry {

    Entry ABSENT = new Absent();
    Entry UNKNOWN = new Unknown();

    /// It is not there.
    record Absent() implements Entry {}

    /// The list did not answer.
    record Unknown() implements Entry {}

    /// It is there.
    ///
    /// @param reason the TXT records; may be empty
    record Present(List<InetAddress> results, String reason) implements Entry {}
  }

  static DnsList parse(String text) throws BadValueException {
    int equals = text.indexOf('=');
    return equals < 0
        ? new DnsList(text, text, Optional.empty())
        : new DnsList(
            text,
            text.substring(0, equals),
            Optional.of(OctetPattern.parse(text.substring(equals + 1))));
  }

  /// The entry of an address (RFC 5782 sections 2.1, 2.4).
  Entry ofAddress(DnsListCache lookups, String address) {
    Optional<byte[]> octets = NetworkPattern.address(address);
    return octets.isEmpty()
        ? Entry.ABSENT
        : filtered(lookups.find(reversed(octets.get()) + domain));
  }

  private static String reversed(byte[] octets) {
    StringBuilder name = new StringBuilder();
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xff;
      if (octets.length == 4) {
        name.append(octet).append('.');
      } else {
        name.append(Integer.toHexString(octet & 0xf)).append('.');
        name.append(Integer.toHexString(octet >> 4)).append('.');
      }
    }
    return name.toString();
  }

  /// The entry of a domain, or of the domain of a mail address. Names that end in a number are not
  /// looked up: some lists answer them all.
  Entry ofDomain(DnsListCache lookups, String nameOrAddress) {
    String name = nameOrAddress.substring(nameOrAddress.lastIndexOf('@') + 1);
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    String ascii = AsciiDomain.of(name);
    boolean numeric = !suffix.isEmpty() && suffix.chars().allMatch(c -> c >= '0' && c <= '9');
    return numeric || !HostNames.isValid(ascii)
        ? Entry.ABSENT
        : filtered(lookups.find(ascii + "." + domain));
  }

  private Entry filtered(Entry entry) {
    return entry instanceof Entry.Present(List<InetAddress> results, String reason)
            && pattern.isPresent()
            && results.stream().noneMatch(pattern.get()::matches)
        ? Entry.ABSENT
        : entry;
  }
}
