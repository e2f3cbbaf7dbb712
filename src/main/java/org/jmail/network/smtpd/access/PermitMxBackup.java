package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jmail.base.table.TableException;
import org.jmail.network.dns.Answer;
import org.jmail.network.dns.MailExchanger;

/// permit_mx_backup: domains of others that name this machine as a mail exchanger that is not the
/// best one. Postfix has announced its end; relay_domains does the same and says so.
record PermitMxBackup() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws TableException, StopException {
    Optional<String> recipient = evaluation.request().mail().recipient();
    if (recipient.isEmpty()) {
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(recipient.get(), ReplyClass.RECIPIENT);
    return isBackup(evaluation, subject)
        ? evaluation.permit("permit_mx_backup", subject, "")
        : Outcome.DUNNO;
  }

  private static boolean isBackup(Evaluation evaluation, Subject subject)
      throws TableException, StopException {
    if (AuthorizedDestination.test(evaluation, subject.value())) {
      return true;
    }
    Resolved resolved = evaluation.resolve(ReplyClass.RECIPIENT, subject.value());
    String domain = resolved.domain();
    boolean routed = resolved.routed() && !evaluation.settings().allowUntrustedRouting();
    if (routed || (domain.startsWith("[") && domain.endsWith("]"))) {
      return false;
    }
    Answer<MailExchanger> answer =
        evaluation.rules().names().mailExchangers(AsciiDomain.of(domain));
    if (answer instanceof Answer.TemporaryFailure<MailExchanger>
        || answer instanceof Answer.Filtered<MailExchanger>) {
      defer(evaluation, subject, "Unable to look up mail exchanger information: " + answer.why());
    }
    List<MailExchanger> hosts = answer.orEmpty().stream().filter(host -> !host.isNull()).toList();
    if (hosts.isEmpty()) {
      return false;
    }
    int best = hosts.getFirst().preference();
    List<MailExchanger> primary = hosts.stream().filter(host -> host.preference() == best).toList();
    List<MailExchanger> backup = hosts.stream().filter(host -> host.preference() != best).toList();
    return !isMe(evaluation, primary, subject)
        && isMe(evaluation, backup, subject)
        && (evaluation.rules().mxBackupNetworks().isEmpty()
            || areAllowed(evaluation, primary, subject));
  }

  private static void defer(Evaluation evaluation, Subject subject, String why) {
    evaluation.deferIfReject(new Deferral(ErrorClass.POLICY, 450, "4.4.4", subject.rejected(why)));
  }

  private static boolean isMe(Evaluation evaluation, List<MailExchanger> hosts, Subject subject)
      throws TableException {
    for (MailExchanger host : hosts) {
      if (evaluation.rules().localDomains().contains(host.host())) {
        return true;
      }
    }
    for (MailExchanger host : hosts) {
      Answer<InetAddress> answer = evaluation.rules().names().hostAddresses(host.host());
      if (answer.orEmpty().stream()
          .anyMatch(evaluation.rules().localDomains().addresses().addresses()::contains)) {
        return true;
      }
      if (answer.orEmpty().isEmpty()) {
        defer(
            evaluation,
            subject,
            "Unable to look up mail exchanger host "
                + host.host()
                + ": "
                + HostAddresses.failure(answer));
      }
    }
    return false;
  }

  /// Whether all addresses of the best hosts are in permit_mx_backup_networks.
  private static boolean areAllowed(
      Evaluation evaluation, List<MailExchanger> hosts, Subject subject) throws TableException {
    for (MailExchanger host : hosts) {
      Answer<InetAddress> answer = evaluation.rules().names().addressRecords(host.host());
      if (answer.orEmpty().isEmpty()) {
        defer(
            evaluation,
            subject,
            "Unable to look up host " + host.host() + " as mail exchanger: " + answer.why());
        return false;
      }
      for (InetAddress address : answer.orEmpty()) {
        if (!evaluation
            .rules()
            .mxBackupNetworks()
            .matchesHost(host.host(), HostAddresses.text(address))) {
          return false;
        }
      }
    }
    return true;
  }
}
