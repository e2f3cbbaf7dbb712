package org.jmail.network.dns;

import java.net.InetAddress;

/// Looks names and addresses up. Each call waits for its answer and so belongs on a virtual thread;
/// none waits for another's. Safe for use by many threads. Names are ASCII, without the dot at the
/// end.
public interface NameService {

  /// The addresses of a host as every program of the machine sees them: /etc/hosts first, then A
  /// and AAAA records, with the search list of resolv.conf (getaddrinfo). IPv4 and IPv6 as
  /// inet_protocols says.
  Answer<InetAddress> hostAddresses(String name);

  /// The name of an address: /etc/hosts first, then PTR (getnameinfo). Nobody has said yet that the
  /// name leads back.
  Answer<String> hostName(InetAddress address);

  /// The A and AAAA records of a name, as inet_protocols says.
  Answer<InetAddress> addressRecords(String name);

  /// The A records of a name: what DNS lists of senders answer with.
  Answer<InetAddress> ipv4Records(String name);

  /// The MX records of a domain, best first.
  Answer<MailExchanger> mailExchangers(String domain);

  /// The NS records of a domain.
  Answer<String> nameServers(String domain);

  /// The same names without the records that a filter drops. It concerns what is asked of the DNS
  /// for itself, not the names and addresses of hosts as every program sees them.
  NameService filtered(RecordFilter filter);

  /// The TXT records of a name, each with its parts put together, as octets.
  Answer<String> texts(String name);
}
