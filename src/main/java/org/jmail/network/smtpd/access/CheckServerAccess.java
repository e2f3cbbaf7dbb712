package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.table.NetworkPattern;
import org.jmail.network.dns.Answer;
import org.jmail.network.dns.MailExchanger;
import org.jmail.network.dns.NameService;

/// check_client_a_access, check_sender_mx_access, check_helo_ns_access, …: the names and addresses
/// of the hosts that a name, or the domain of an address, has in the DNS (Postfix
/// check_server_access).
///
/// @param name of the restriction, for messages
record CheckServerAccess(String name, Party party, Type type, AccessTable table)
    implements Restriction {

  /// So many addresses of one domain's servers are looked at (dns_rr_list_limit).
  private static final int ADDRESS_LIMIT = 100;

  /// The records that are asked for.
  enum Type {
    A,
    MX,
    NS
  }

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> value = party.value(evaluation.request());
    if (value.isEmpty()) {
      return Outcome.DUNNO;
    }
    Subject subject = party.subject(evaluation.request(), value.get());
    return Allowlisting.forbid(
        evaluation, name, value.get(), servers(evaluation, value.get(), subject));
  }

  private Optional<Outcome> servers(Evaluation evaluation, String value, Subject subject)
      throws StopException {
    String domain = value.substring(value.lastIndexOf('@') + 1);
    if (domain.startsWith("[")) {
      return literal(evaluation, domain, subject);
    }
    Lookup lookup = hosts(evaluation.rules().names(), AsciiDomain.of(domain));
    if (lookup.answer() instanceof Answer.Found<String>(List<String> found)) {
      return hosts(evaluation, found, subject);
    }
    String asked = lookup.asked().isEmpty() ? value : lookup.asked();
    String why = lookup.answer().why();
    if (!why.isEmpty()) {
      evaluation.warning("Unable to look up " + type + " host for " + asked + ": " + why);
    }
    return Optional.empty();
  }

  /// An address literal is its own mail exchanger, and has no name servers.
  private Optional<Outcome> literal(Evaluation evaluation, String domain, Subject subject)
      throws StopException {
    Optional<String> bare = HostAddresses.ofLiteral(domain);
    return type == Type.NS || bare.isEmpty()
        ? Optional.empty()
        : table.address(evaluation, bare.get(), subject);
  }

  /// An answer, and the domain it is about; empty when that and all above it were asked for.
  private record Lookup(Answer<String> answer, String asked) {}

  private Lookup hosts(NameService names, String domain) {
    return switch (type) {
      case A -> new Lookup(new Answer.Found<>(List.of(domain)), domain);
      case MX -> new Lookup(exchangers(names, domain), domain);
      case NS -> nameServers(names, domain);
    };
  }

  /// A domain without mail exchangers is its own.
  private static Answer<String> exchangers(NameService names, String domain) {
    return switch (names.mailExchangers(domain)) {
      case Answer.Found<MailExchanger>(List<MailExchanger> found) ->
          found.stream().anyMatch(MailExchanger::isNull)
              ? new Answer.NotFound<>("")
              : new Answer.Found<>(found.stream().map(MailExchanger::host).toList());
      case Answer.NotFound<MailExchanger> none -> new Answer.Found<>(List.of(domain));
      case Answer.TemporaryFailure<MailExchanger>(String why) -> new Answer.TemporaryFailure<>(why);
      case Answer.Malformed<MailExchanger>(String why) -> new Answer.Malformed<>(why);
      case Answer.Filtered<MailExchanger>(String why) -> new Answer.Filtered<>(why);
    };
  }

  /// A domain without name servers has those of the domain above it.
  private static Lookup nameServers(NameService names, String domain) {
    String asked = domain;
    while (true) {
      Answer<String> answer = names.nameServers(asked);
      int dot = asked.indexOf('.');
      boolean hasParent = dot >= 0 && dot + 1 < asked.length();
      if (!(answer instanceof Answer.NotFound<String>) || !hasParent) {
        boolean none = answer instanceof Answer.NotFound<String>;
        return new Lookup(answer, none ? "" : asked);
      }
      asked = asked.substring(dot + 1);
    }
  }

  private Optional<Outcome> hosts(Evaluation evaluation, List<String> hosts, Subject subject)
      throws StopException {
    List<String> seen = new ArrayList<>();
    for (String host : hosts) {
      if (NetworkPattern.address(host).isPresent()) {
        Optional<Outcome> found = table.address(evaluation, host, subject);
        if (found.isPresent()) {
          return found;
        }
        continue;
      }
      Optional<Outcome> found =
          type == Type.A ? Optional.empty() : table.domain(evaluation, host, subject);
      if (found.isEmpty()) {
        found = addresses(evaluation, host, subject, seen);
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome> addresses(
      Evaluation evaluation, String host, Subject subject, List<String> seen) throws StopException {
    Answer<InetAddress> answer = evaluation.rules().names().hostAddresses(host);
    if (!(answer instanceof Answer.Found<InetAddress>(List<InetAddress> addresses))) {
      if (type != Type.A) {
        evaluation.warning(
            "Unable to look up "
                + type
                + " host "
                + host
                + " for "
                + subject.type()
                + " "
                + subject.value()
                + ": "
                + HostAddresses.failure(answer));
      }
      return Optional.empty();
    }
    for (InetAddress address : addresses) {
      if (seen.size() >= ADDRESS_LIMIT) {
        evaluation.warning(
            "check_server_access: "
                + type
                + " server address count limit ("
                + ADDRESS_LIMIT
                + ") exceeded for "
                + subject.type()
                + " "
                + subject.value()
                + " -- ignoring the remainder");
        return Optional.of(Outcome.DUNNO);
      }
      String text = HostAddresses.text(address);
      seen.add(text);
      Optional<Outcome> found = table.address(evaluation, text, subject);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
