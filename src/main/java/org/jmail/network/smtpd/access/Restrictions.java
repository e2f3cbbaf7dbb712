package org.jmail.network.smtpd.access;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.network.dns.NameService;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.verify.AddressVerifier;

/// The restrictions of one SMTP service, read once for all its sessions. Safe for use by many
/// threads.
public final class Restrictions implements AutoCloseable {

  private final Rules rules;
  private final RestrictionLists lists;

  Restrictions(Rules rules, RestrictionLists lists) {
    this.rules = rules;
    this.lists = lists;
  }

  /// As the configuration of a service says. A restriction that is not known is logged with its
  /// place, and refuses with 451 whoever it is asked about.
  ///
  /// @param log of the service
  /// @throws BadValueException also when nothing would keep strangers from relaying
  public static Restrictions open(Config config, Resolver resolver, NameService names, MailLog log)
      throws BadValueException {
    return open(config, resolver, names, AddressVerifier.NONE, log);
  }

  /// The same, with somebody whom reject_unverified_sender and reject_unverified_recipient can ask.
  public static Restrictions open(
      Config config, Resolver resolver, NameService names, AddressVerifier verifier, MailLog log)
      throws BadValueException {
    return new RestrictionReader(config, resolver, names, verifier, log).read();
  }

  /// For a new SMTP session.
  public AccessSession session() {
    return new AccessSession(rules, lists);
  }

  /// How log lines of this service look.
  public AccessLog accessLog() {
    return rules.accessLog();
  }

  @Override
  public void close() {
    rules.close();
  }
}
