package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jmail.network.dns.Answer;
import org.jmail.network.dns.MailExchanger;
import org.jmail.network.dns.NameService;

/// reject_unknown_sender_domain and reject_unknown_recipient_domain: a domain that is not ours and
/// has no MX, A or AAAA record, or a null MX (RFC 7505).
///
/// @param party SENDER or RECIPIENT
record RejectUnknownDomain(Party party) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> address =
        party == Party.SENDER
            ? party.value(evaluation.request())
            : evaluation.request().mail().recipient();
    if (address.isEmpty()) {
      return Outcome.DUNNO;
    }
    Resolved resolved = evaluation.resolve(party.type(), address.get());
    String domain = resolved.domain();
    if (resolved.isFinal() || (domain.startsWith("[") && domain.endsWith("]"))) {
      return Outcome.DUNNO;
    }
    return lookup(evaluation, AsciiDomain.of(domain), new Subject(address.get(), party.type()));
  }

  private Outcome lookup(Evaluation evaluation, String domain, Subject subject) {
    boolean sender = party == Party.SENDER;
    NameService names = evaluation.rules().names();
    Answer<MailExchanger> exchangers = names.mailExchangers(domain);
    if (exchangers instanceof Answer.Found<MailExchanger>(List<MailExchanger> found)) {
      return found.stream().noneMatch(MailExchanger::isNull)
          ? Outcome.DUNNO
          : evaluation.reject(
              ErrorClass.POLICY,
              sender ? 550 : 556,
              sender ? "4.7.27" : "4.1.10",
              subject.rejected("Domain " + domain + " does not accept mail (nullMX)"));
    }
    boolean malformed = exchangers instanceof Answer.Malformed<MailExchanger>;
    Answer<InetAddress> addresses =
        malformed ? new Answer.Malformed<>(exchangers.why()) : names.addressRecords(domain);
    if (addresses instanceof Answer.Found<InetAddress>) {
      return Outcome.DUNNO;
    }
    if (RejectUnknownHeloHostname.isFiltered(addresses, exchangers)) {
      evaluation.warning(
          domain + ": address or MX lookup error: DNS reply filter drops all results");
      return Outcome.DUNNO;
    }
    String dsn = sender ? "4.1.8" : "4.1.2";
    if (addresses instanceof Answer.TemporaryFailure<InetAddress>
        || exchangers instanceof Answer.TemporaryFailure<MailExchanger>) {
      return evaluation.deferIfPermit(
          evaluation.settings().unknownAddressLater(),
          new Deferral(ErrorClass.POLICY, 450, dsn, subject.rejected("Domain not found")));
    }
    return evaluation.reject(
        ErrorClass.POLICY,
        evaluation.settings().codes().unknownAddress(),
        dsn,
        subject.rejected(malformed ? "Malformed DNS server reply" : "Domain not found"));
  }
}
