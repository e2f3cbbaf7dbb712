package org.jmail.network.smtpd.access;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.network.policy.PolicyClient;
import org.jmail.network.policy.PolicySettings;

/// The policy services that restriction lists name, each with its own connections. Used while lists
/// are read, by one thread; the services themselves by many.
final class PolicyServices implements AutoCloseable {
  private final Config config;
  private final MailLog log;
  private final Map<String, PolicyService> open = new HashMap<>();

  PolicyServices(Config config, MailLog log) {
    this.config = config;
    this.log = log;
  }

  /// The service that a word behind check_policy_service stands for.
  PolicyService service(String word) throws BadValueException {
    PolicyService known = open.get(word);
    if (known != null) {
      return known;
    }
    PolicySettings settings = PolicySettings.parse(word, config);
    PolicyService service =
        new PolicyService(word, new PolicyClient(settings, log, InstantSource.system()));
    open.put(word, service);
    return service;
  }

  @Override
  public void close() {
    open.values().forEach(service -> service.client().close());
  }
}
