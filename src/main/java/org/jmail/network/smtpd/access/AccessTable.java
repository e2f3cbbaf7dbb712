package org.jmail.network.smtpd.access;

import java.util.Optional;
import java.util.Set;
import org.jmail.base.table.MailAddressMaps;
import org.jmail.base.table.MailAddressMaps.Step;
import org.jmail.base.table.Maps;
import org.jmail.base.table.NetworkPattern;
import org.jmail.base.table.TableException;

/// One access table, and the keys it is asked for (access(5); Postfix check_access,
/// check_domain_access, check_addr_access, check_mail_access). A method's answer is empty when the
/// table has no entry; an entry may say DUNNO. A table that cannot answer refuses with 451.
///
/// @param parentDomains smtpd_access_maps is in parent_domain_matches_subdomains: `example.com`
///   stands for its subdomains, which otherwise `.example.com` does
record AccessTable(
    String name, Maps maps, MailAddressMaps addresses, Set<Step> steps, boolean parentDomains) {

  /// The answer of a table that cannot answer.
  private static final String BROKEN = "451 4.3.5 Server configuration error";

  private interface Lookup {
    Optional<String> find() throws TableException;
  }

  private Optional<Outcome> act(Evaluation evaluation, Subject subject, String datum, Lookup lookup)
      throws StopException {
    Optional<String> value;
    try {
      value = lookup.find();
    } catch (TableException e) {
      evaluation.warning(name + " lookup error for \"" + datum + "\": " + e.getMessage());
      value = Optional.of(BROKEN);
    }
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(new TableAction(name, datum, subject).apply(evaluation, value.get()));
  }

  /// Asks for a key and nothing else.
  Optional<Outcome> exact(Evaluation evaluation, String key, Subject subject) throws StopException {
    return act(evaluation, subject, key, () -> maps.find(key));
  }

  /// Asks for a host name and the domains above it.
  Optional<Outcome> domain(Evaluation evaluation, String domain, Subject subject)
      throws StopException {
    return act(evaluation, subject, domain, () -> findDomain(domain));
  }

  private Optional<String> findDomain(String domain) throws TableException {
    Optional<String> value = maps.find(domain);
    boolean numeric = NetworkPattern.address(domain).isPresent();
    String name = domain;
    while (value.isEmpty() && !numeric && !name.isEmpty()) {
      int dot = name.indexOf('.', 1);
      if (dot < 0) {
        break;
      }
      name = name.substring(parentDomains ? dot + 1 : dot);
      value = name.isEmpty() ? value : maps.findPartial(name);
    }
    return value;
  }

  /// Asks for an address and the networks above it: `1.2.3.4`, `1.2.3`, `1.2`, `1`.
  Optional<Outcome> address(Evaluation evaluation, String address, Subject subject)
      throws StopException {
    return act(evaluation, subject, address, () -> findAddress(address));
  }

  private Optional<String> findAddress(String address) throws TableException {
    char delimiter = address.indexOf(':') >= 0 ? ':' : '.';
    Optional<String> value = maps.find(address);
    String network = address;
    for (int at = network.lastIndexOf(delimiter);
        value.isEmpty() && at >= 0;
        at = network.lastIndexOf(delimiter)) {
      network = network.substring(0, at);
      value = maps.findPartial(network);
    }
    return value;
  }

  /// Asks for a host's name, then for its address.
  Optional<Outcome> host(Evaluation evaluation, String host, String address, Subject subject)
      throws StopException {
    Optional<Outcome> found = domain(evaluation, host, subject);
    return found.isPresent() ? found : address(evaluation, address, subject);
  }

  /// Asks for a mail address: `user+ext@domain`, `user@domain`, `domain`, those above it, `user@`.
  Optional<Outcome> mail(Evaluation evaluation, String address, Subject subject)
      throws StopException {
    Resolved resolved = evaluation.resolve(subject.type(), address);
    Optional<Outcome> found =
        act(
            evaluation,
            subject,
            resolved.address(),
            () -> addresses.find(resolved.address(), steps).map(MailAddressMaps.Found::value));
    // whatever a table says of the last domain, it shall not open this machine to source routes
    boolean suspicious =
        subject.type() == ReplyClass.RECIPIENT
            && resolved.routed()
            && !evaluation.settings().allowUntrustedRouting();
    return found.map(
        outcome -> suspicious && outcome instanceof Outcome.Ok ? Outcome.DUNNO : outcome);
  }
}
