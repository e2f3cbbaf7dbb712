package org.jmail.network.smtpd.access;

import java.util.Optional;

/// permit_dnswl_client and permit_rhswl_client: a list of clients to accept, by address or by name;
/// never so that they may relay.
///
/// @param name of the restriction
/// @param byName a list of domains
record PermitDnswl(String name, boolean byName, DnsList list) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Client client = evaluation.client();
    if (byName && !client.hasName()) {
      return Outcome.DUNNO;
    }
    Optional<String> recipient = evaluation.request().mail().recipient();
    if (evaluation.request().command().equals("RCPT")
        && recipient.isPresent()
        && !AuthorizedDestination.test(evaluation, recipient.get())) {
      return Outcome.DUNNO;
    }
    String what = byName ? client.name() : client.address();
    DnsListCache lookups = evaluation.rules().dnsLists();
    return switch (byName ? list.ofDomain(lookups, what) : list.ofAddress(lookups, what)) {
      case DnsList.Entry.Absent absent -> Outcome.DUNNO;
      case DnsList.Entry.Present present ->
          evaluation.permit(name, new Subject(client.label(), ReplyClass.CLIENT), "");
      case DnsList.Entry.Unknown unknown -> {
        evaluation.deferIfReject(
            new Deferral(
                ErrorClass.POLICY,
                450,
                "4.7.1",
                new Subject(what, ReplyClass.CLIENT).rejected("Service unavailable")));
        yield Outcome.DUNNO;
      }
    };
  }
}
