package org.jmail.e2e;

import java.io.IOException;
import java.net.InetAddress;
import org.jmail.network.dns.DnsServer;
import org.xbill.DNS.Rcode;

/// Who the mail system of the dialogues asks, within the private machine: a name server and a
/// policy service.
record DialogueNeighbours(DnsServer names, DialoguePolicy policy) implements AutoCloseable {

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  static DialogueNeighbours start() throws IOException {
    DnsServer names = new DnsServer(HERE, 53);
    clients(names);
    domains(names);
    lists(names);
    return new DialogueNeighbours(names, new DialoguePolicy(HERE, 10_000));
  }

  /// 127.0.0.2 has no name, .3 has one, .4 and .6 a forged one; nobody can tell that of .5, and
  /// whether .7 has its.
  private static void clients(DnsServer names) {
    names
        .record("3.0.0.127.in-addr.arpa", "PTR", "named.example.")
        .record("named.example", "A", "127.0.0.3")
        .record("4.0.0.127.in-addr.arpa", "PTR", "forged.example.")
        .record("forged.example", "A", "127.0.0.9")
        .code("5.0.0.127.in-addr.arpa", Rcode.SERVFAIL)
        .record("6.0.0.127.in-addr.arpa", "PTR", "ghost.example.")
        .record("7.0.0.127.in-addr.arpa", "PTR", "slow.example.")
        .code("slow.example", Rcode.SERVFAIL);
  }

  private static void domains(DnsServer names) {
    names
        .record("known.example", "A", "192.0.2.1")
        .record("mxonly.example", "MX", "10 mx.mxonly.example.")
        .record("mx.mxonly.example", "A", "192.0.2.2")
        .record("mx.mxonly.example", "TXT", "here")
        .record("nullmx.example", "MX", "0 .")
        .record("empty.example", "TXT", "nothing")
        .record("badmx.example", "MX", "10 192.0.2.9.")
        .code("tempfail.example", Rcode.SERVFAIL)
        .record("evil.example", "MX", "10 mx.evil.example.")
        .record("evil.example", "NS", "ns.evil.example.")
        .record("evil.example", "A", "192.0.2.66")
        .record("mx.evil.example", "A", "192.0.2.67")
        .record("ns.evil.example", "A", "192.0.2.68")
        .record("good.example", "MX", "10 mx.good.example.")
        .record("good.example", "NS", "ns.good.example.")
        .record("good.example", "A", "192.0.2.10")
        .record("mx.good.example", "A", "192.0.2.11")
        .record("ns.good.example", "A", "192.0.2.12");
  }

  private static void lists(DnsServer names) {
    names
        .record("2.0.0.127.rbl.example", "A", "127.0.0.2")
        .record("2.0.0.127.rbl.example", "TXT", "\"Blocked, see http://rbl.example/2\"")
        .record("3.0.0.127.rbl.example", "A", "127.0.0.4")
        .code("4.0.0.127.rbl.example", Rcode.SERVFAIL)
        .record("2.0.0.127.dnswl.example", "A", "127.0.0.2")
        .record("evil.example.rhsbl.example", "A", "127.0.0.2")
        .record("evil.example.rhsbl.example", "TXT", "\"evil domain\"")
        .record("named.example.rhsbl.example", "A", "127.0.0.2")
        .record("named.example.rhswl.example", "A", "127.0.0.2")
        .record("evilhelo.example.rhsbl.example", "A", "127.0.0.3")
        .record("relay.example.rhsbl.example", "A", "127.0.0.2");
  }

  @Override
  public void close() throws IOException {
    policy.close();
    names.close();
  }
}
