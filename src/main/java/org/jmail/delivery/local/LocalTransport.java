package org.jmail.delivery.local;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jmail.base.address.AddressParser;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Bounced;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.DeliveryResult.Expanded;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.mailbox.DeliveredHeaders;
import org.jmail.base.mailbox.mbox.Sleeper;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.Posix;
import org.jmail.base.table.TableException;
import org.jmail.delivery.account.Accounts;
import org.jmail.delivery.command.CommandRunner;
import org.jmail.delivery.identity.Identities;
import org.jmail.delivery.identity.Identity;
import org.jmail.delivery.local.Destination.Decided;
import org.jmail.delivery.local.Destination.Forward;
import org.jmail.delivery.local.Destination.Looped;
import org.jmail.delivery.local.Destination.ToCommand;
import org.jmail.delivery.local.Destination.ToFile;
import org.jmail.delivery.local.Destination.ToTransport;
import org.jmail.delivery.local.Destination.ToUser;
import org.jmail.delivery.mailbox.GroupCommit;
import org.jmail.delivery.mailbox.MachineName;

/// local(8): delivers to the users and aliases of this machine. Each recipient is expanded first
/// and delivered to then. Postfix counterpart: local.c.
public final class LocalTransport implements Transport, AutoCloseable {

  /// Mailboxes that are written at the same time. One that is locked by another program holds one
  /// for as long as deliver_lock_attempts take.
  private static final int MAILBOX_THREADS = 64;

  private final LocalSettings settings;
  private final LocalTables tables;
  private final Identities mailboxThreads;
  private final Identities commandThreads;
  private final Expansion.Surroundings around;
  private final MailboxDelivery mailboxes;
  private final CommandDelivery commands;
  private final Identity defaultRights;
  private final ListOwners owners;
  private final Function<String, Optional<Transport>> others;
  private final InstantSource clock;
  private final DeliveryLine line;
  private final MailLog log;

  /// For the system's users, at the system's time.
  ///
  /// @param others the other transports of this side, for mailbox_transport and fallback_transport
  /// @throws BadValueException when the configuration cannot be used
  public LocalTransport(Config config, MailLog log, Function<String, Optional<Transport>> others)
      throws BadValueException {
    this(
        config,
        log,
        others,
        Accounts.system(),
        InstantSource.system(),
        time -> Thread.sleep(time.toMillis()));
  }

  LocalTransport(
      Config config,
      MailLog log,
      Function<String, Optional<Transport>> others,
      Accounts accounts,
      InstantSource clock,
      Sleeper sleeper)
      throws BadValueException {
    this.settings = LocalSettings.of(config, System.getenv());
    this.tables = LocalTables.open(config, log);
    this.others = others;
    this.owners = new ListOwners(settings, tables);
    this.clock = clock;
    this.log = log;
    this.line = new DeliveryLine(settings.delayDigits());
    boolean privileged = Posix.geteuid() == 0;
    this.defaultRights =
        privileged
            ? defaultRights(config, accounts)
            : new Identity(Posix.geteuid(), Posix.getegid());
    int processes = Math.toIntExact(config.get(BaseParameters.DEFAULT_PROCESS_LIMIT));
    this.mailboxThreads = new Identities("local-mailbox", MAILBOX_THREADS, log);
    this.commandThreads = new Identities("local-command", processes, log);
    this.around =
        new Expansion.Surroundings(settings, tables, accounts, mailboxThreads, privileged, log);
    this.mailboxes =
        new MailboxDelivery(
            settings,
            privileged,
            new GroupCommit(mailboxThreads),
            MachineName.get(),
            clock,
            sleeper,
            log);
    Permits permits = new Permits(settings.commandsAtOnce());
    CommandRunner runner =
        new CommandRunner("local", commandThreads, settings.queueDirectory(), clock, log);
    this.commands = new CommandDelivery(settings, runner, permits, log);
  }

  /// default_privs: whose rights commands and files of root's aliases have. Never root's.
  static Identity defaultRights(Config config, Accounts accounts) throws BadValueException {
    String name = config.get(BaseParameters.DEFAULT_PRIVS);
    Optional<Passwd> user;
    try {
      user = accounts.byName(name);
    } catch (IOException e) {
      throw config.refusal("default_privs", "cannot look up the user: " + e.getMessage());
    }
    Identity identity =
        Identity.of(
            user.orElseThrow(() ->
                config.refusal(
                    "default_privs", "unknown user name value (specify a user of no power)")));
    if (identity.uid() == 0 || identity.gid() == 0) {
      throw config.refusal("default_privs", "user " + name + " has privileged ids");
    }
    return identity;
  }

  @Override
  public Map<Recipient, DeliveryResult> deliver(DeliveryRequest request)
      throws InterruptedException {
    Attempt attempt = new Attempt(request, clock.instant());
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    DeliveredHeaders delivered;
    try {
      delivered = DeliveredHeaders.of(request.content());
    } catch (IOException e) {
      Deferred unreadable =
          new Deferred(Diagnosis.of("4.3.0", "error reading message: " + e.getMessage()));
      for (Recipient recipient : request.envelope().recipients()) {
        attempt.log(recipient, unreadable);
        results.put(recipient, unreadable);
      }
      return results;
    }
    for (Recipient recipient : request.envelope().recipients()) {
      results.put(recipient, attempt.deliver(recipient, delivered));
    }
    return results;
  }

  /// Gives threads and tables back; nothing may be being delivered.
  @Override
  public void close() {
    mailboxThreads.close();
    commandThreads.close();
    mailboxes.close();
    tables.close();
  }

  /// One request, from when it came.
  private final class Attempt {
    private final DeliveryRequest request;
    private final Instant handoff;

    Attempt(DeliveryRequest request, Instant handoff) {
      this.request = request;
      this.handoff = handoff;
    }

    DeliveryResult deliver(Recipient recipient, DeliveredHeaders delivered)
        throws InterruptedException {
      Attributes start = Attributes.of(recipient, request.envelope().sender().toString());
      Plan plan = Expansion.of(around, request.queueId(), request.service(), delivered, start);
      Optional<Decided> wait = plan.deferred();
      if (wait.isPresent()) {
        log(wait.get().attributes(), wait.get().result());
        return wait.get().result();
      }
      if (isProbe()) {
        return probe(recipient, plan);
      }
      boolean recorded = request.envelope().dsn().trace() != DsnOptions.Trace.NONE;
      Outcomes outcomes = new Outcomes(recipient, recorded);
      for (Destination destination : plan.destinations()) {
        deliver(plan, destination, outcomes);
      }
      plan.expanded().ifPresent(outcomes::expanded);
      return outcomes.result(settings.deliveredHeader().contains(HeaderUse.FORWARD));
    }

    private boolean isProbe() {
      return request.envelope().dsn().trace() == DsnOptions.Trace.VERIFY;
    }

    private DeliveryResult probe(Recipient recipient, Plan plan) {
      Outcomes outcomes = new Outcomes(recipient, true);
      for (Destination destination : plan.destinations()) {
        DeliveryResult result;
        try {
          String command =
              tables
                  .mailboxCommands()
                  .find(destination.attributes().name().user())
                  .orElse(settings.mailboxCommand());
          result = Probe.of(destination, command, settings);
        } catch (TableException e) {
          log.warning(String.valueOf(e.getMessage()));
          result = new Deferred(Diagnosis.of("4.3.0", "table lookup failure"));
        }
        log(destination.attributes(), result);
        outcomes.add(destination.attributes().forQueue(), result, "");
      }
      return outcomes.result(false);
    }

    private void deliver(Plan plan, Destination destination, Outcomes outcomes)
        throws InterruptedException {
      Attributes a = destination.attributes();
      if (destination instanceof Forward) {
        outcomes.forward(a.forQueue(), a.from());
        return;
      }
      DeliveryResult found = to(destination);
      DeliveryResult result = softened(found, request);
      Optional<Member> own = plan.ownAddress(destination);
      if (own.isPresent() && result instanceof Deferred) {
        // Logged when it is tried as a recipient of its own.
        outcomes.forward(own.get().recipient(), own.get().from());
      } else {
        if (!isLoggedElsewhere(destination)) {
          log(a, found);
        }
        outcomes.add(a.forQueue(), result, result instanceof Bounced ? owner(destination) : "");
      }
    }

    /// Who is told instead of the sender when a file or command of a list fails, or the list loops:
    /// its owner; else empty. Postfix counterpart: bounce_workaround.c.
    private String owner(Destination destination) {
      boolean listed =
          destination instanceof ToCommand
              || destination instanceof ToFile
              || destination instanceof Looped;
      if (!listed || !settings.ownerSpecial()) {
        return "";
      }
      try {
        return owners.of(destination.attributes().recipient().address().localPart()).orElse("");
      } catch (TableException e) {
        log.warning("the owner of a list is not found: " + e.getMessage());
        return "";
      }
    }

    /// Another transport has logged what became of it.
    private boolean isLoggedElsewhere(Destination destination) {
      return destination instanceof ToTransport(var ignored, var name) && other(name).isPresent();
    }

    private DeliveryResult to(Destination destination) throws InterruptedException {
      return switch (destination) {
        case Decided(var ignored, var result) -> result;
        case Looped loop -> loop.result();
        case ToUser(var a, var ignored) -> toUser(a);
        case ToFile(var a, var path) ->
            mailboxes.toFile(request, a, unprivileged(a.rights().identity()), path);
        case ToCommand(var a, var command) ->
            commands.deliver(request, a, unprivileged(a.rights().identity()), command);
        case ToTransport(var a, var transport) -> toTransport(a, transport);
        case Forward ignored -> throw new IllegalStateException("not delivered here");
      };
    }

    /// Mailbox, maildir or command of a user. Postfix counterpart: deliver_mailbox.
    private DeliveryResult toUser(Attributes a) throws InterruptedException {
      Optional<String> command;
      try {
        command = tables.mailboxCommands().find(a.name().user());
      } catch (TableException e) {
        log.warning(String.valueOf(e.getMessage()));
        return new Deferred(Diagnosis.of("4.3.0", "table lookup failure"));
      }
      if (command.isPresent() || !settings.mailboxCommand().isEmpty()) {
        String line = command.orElse(settings.mailboxCommand());
        return commands.deliver(request, a, unprivileged(a.rights().identity()), line);
      }
      Identity user = a.rights().identity();
      String home = settings.homeMailbox();
      String spool = settings.spoolDirectory();
      if (home.endsWith("/")) {
        return mailboxes.toMaildir(request, a, user, a.rights().home() + "/" + home);
      }
      if (spool.endsWith("/")) {
        return mailboxes.toMaildir(request, a, user, spool + a.name().user() + "/");
      }
      return mailboxes.toMailbox(request, a);
    }

    /// `transport` or `transport:nexthop` as a transport of this side; empty when it is none, or
    /// this one again.
    private Optional<Transport> other(String destination) {
      String name = transportOf(destination);
      return name.equals(request.service()) ? Optional.empty() : others.apply(name);
    }

    private static String transportOf(String destination) {
      int colon = destination.indexOf(':');
      return colon < 0 ? destination : destination.substring(0, colon);
    }

    /// Another transport of this side. Postfix counterpart: deliver_pass.c.
    private DeliveryResult toTransport(Attributes a, String destination)
        throws InterruptedException {
      String service = transportOf(destination);
      String nexthop = destination.substring(Math.min(destination.length(), service.length() + 1));
      Optional<Transport> transport = other(destination);
      if (transport.isEmpty()) {
        return new Deferred(
            Diagnosis.of(
                "4.3.0", "mail transport unavailable: " + service + " cannot be used from local"));
      }
      Recipient recipient = a.forQueue();
      LocalTransport.this.log.info(
          request.queueId()
              + ": passing <"
              + AddressParser.quote(recipient.address().toString())
              + "> to transport="
              + service);
      DeliveryRequest passed =
          new DeliveryRequest(
              service,
              nexthop.isEmpty() ? request.nexthop() : nexthop,
              request.queueId(),
              request.envelope().withRecipients(List.of(recipient)),
              request.origin(),
              request.content(),
              request.arrival(),
              request.activeSince());
      DeliveryResult result = transport.get().deliver(passed).get(recipient);
      return result == null
          ? new Deferred(Diagnosis.of("4.3.0", "no result from " + service))
          : result;
    }

    private void log(Attributes a, DeliveryResult result) {
      log(a.forQueue(), result);
    }

    private void log(Recipient recipient, DeliveryResult result) {
      if (result instanceof Expanded) {
        return; // the queue manager does, when it knows the new message's id
      }
      DeliveryLine.Times times =
          DeliveryLine.Times.local(
              request.arrival(), request.activeSince(), handoff, clock.instant());
      LocalTransport.this.log.info(
          line.format(
              request.queueId(),
              recipient,
              request.service(),
              times,
              softened(result, request).why(),
              DeliveryLine.status(
                  result, request.envelope().dsn().trace(), settings.softBounce())));
    }
  }

  /// Root's rights are never used for what an alias or a user names.
  private Identity unprivileged(Identity identity) {
    return new Identity(
        identity.uid() == 0 ? defaultRights.uid() : identity.uid(),
        identity.gid() == 0 ? defaultRights.gid() : identity.gid());
  }

  /// soft_bounce: nothing is returned while the administrator is testing.
  private DeliveryResult softened(DeliveryResult result, DeliveryRequest request) {
    return result.softened(settings.softBounce(), request.envelope().dsn().trace());
  }
}
