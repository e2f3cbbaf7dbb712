package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.util.Optional;
import org.jmail.network.dns.Answer;
import org.jmail.network.dns.MailExchanger;
import org.jmail.network.dns.NameService;

/// reject_unknown_helo_hostname: the argument of HELO has no A, AAAA or MX record.
record RejectUnknownHeloHostname() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    Optional<String> helo = evaluation.request().dialogue().helo();
    if (helo.isEmpty()) {
      return Outcome.DUNNO;
    }
    String name = helo.get();
    if (name.startsWith("[")) {
      return RejectInvalidHeloHostname.address(evaluation, name);
    }
    NameService names = evaluation.rules().names();
    Subject subject = new Subject(name, ReplyClass.HELO);
    Answer<InetAddress> addresses = names.addressRecords(name);
    if (addresses instanceof Answer.Found<InetAddress>) {
      return Outcome.DUNNO;
    }
    Answer<MailExchanger> exchangers = names.mailExchangers(name);
    if (exchangers instanceof Answer.Found<MailExchanger>) {
      return Outcome.DUNNO;
    }
    if (addresses instanceof Answer.TemporaryFailure<InetAddress>
        || exchangers instanceof Answer.TemporaryFailure<MailExchanger>) {
      return evaluation.deferIfPermit(
          evaluation.settings().unknownHeloLater(),
          new Deferral(ErrorClass.POLICY, 450, "4.7.1", subject.rejected("Host not found")));
    }
    if (isFiltered(addresses, exchangers)) {
      evaluation.warning(name + ": address or MX lookup error: DNS reply filter drops all results");
      return Outcome.DUNNO;
    }
    boolean malformed = exchangers instanceof Answer.Malformed<MailExchanger>;
    return evaluation.reject(
        ErrorClass.POLICY,
        evaluation.settings().codes().unknownHostname(),
        "4.7.1",
        subject.rejected(malformed ? "Malformed DNS server reply" : "Host not found"));
  }

  /// Whether an administrator's filter (smtpd_dns_reply_filter) is why nothing was found.
  static boolean isFiltered(Answer<InetAddress> addresses, Answer<MailExchanger> exchangers) {
    return addresses instanceof Answer.Filtered<InetAddress>
        || exchangers instanceof Answer.Filtered<MailExchanger>;
  }
}
