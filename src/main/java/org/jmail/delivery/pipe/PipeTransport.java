package org.jmail.delivery.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.MasterService;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Bounced;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.DeliveryResult.Delivered;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.mailbox.DeliveredHeaders;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MaillogParameters;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;
import org.jmail.delivery.account.Accounts;
import org.jmail.delivery.command.Command;
import org.jmail.delivery.command.CommandEnd;
import org.jmail.delivery.command.CommandParameters;
import org.jmail.delivery.command.CommandRunner;
import org.jmail.delivery.command.ExportedEnvironment;
import org.jmail.delivery.identity.Identities;
import org.jmail.delivery.identity.Identity;
import org.jmail.delivery.pipe.PipeAttributes.Flag;

/// One pipe(8) service: each request is one run of its command, for all recipients together. Safe
/// for use by many threads. Postfix counterpart: pipe.c.
public final class PipeTransport implements Transport, AutoCloseable {

  private static final int SHOWN_OUTPUT = 100;

  private final MasterService service;
  private final Config config;
  private final PipeRights rights;
  private final AddressExtension extension;
  private final Duration timeLimit;
  private final Map<String, String> environment;
  private final Identities threads;
  private final CommandRunner runner;
  private final InstantSource clock;
  private final DeliveryLine line;
  private final MailLog log;

  /// For the system's users, at the system's time. A row that cannot be used is told of when mail
  /// comes for it, and the mail waits: an unused one that names a missing user stops nothing.
  ///
  /// @param service the row of master.cf, as this process read it
  /// @throws BadValueException when main.cf cannot be used
  public PipeTransport(MasterService service, Config config, MailLog log) throws BadValueException {
    this(service, config, log, Accounts.system(), InstantSource.system());
  }

  PipeTransport(
      MasterService service, Config config, MailLog log, Accounts accounts, InstantSource clock)
      throws BadValueException {
    this.service = service;
    this.config = config;
    this.rights = PipeRights.of(config, accounts);
    this.extension =
        new AddressExtension(
            config.get(BaseParameters.RECIPIENT_DELIMITER),
            !config.lookup("owner_request_special").orElse("yes").equals("no"),
            config.lookup("double_bounce_sender").orElse("double-bounce"));
    this.timeLimit = timeLimit(service, config);
    this.environment = ExportedEnvironment.of(config, System.getenv());
    int atOnce = Math.toIntExact(config.get(BaseParameters.DEFAULT_PROCESS_LIMIT));
    this.threads = new Identities("pipe-" + service.name(), atOnce, log);
    this.runner =
        new CommandRunner("pipe", threads, config.get(BaseParameters.QUEUE_DIRECTORY), clock, log);
    this.clock = clock;
    this.line =
        new DeliveryLine(config.get(MaillogParameters.DELAY_LOGGING_RESOLUTION_LIMIT).intValue());
    this.log = log;
  }

  /// NAME_time_limit, or command_time_limit.
  private static Duration timeLimit(MasterService service, Config config) throws BadValueException {
    String name = service.name() + "_time_limit";
    Optional<String> own = config.lookup(name);
    if (own.isEmpty()) {
      return config.get(CommandParameters.COMMAND_TIME_LIMIT);
    }
    try {
      return CommandParameters.COMMAND_TIME_LIMIT.parser().parse(own.get(), "1s");
    } catch (BadValueException e) {
      throw config.refusal(name, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Map<Recipient, DeliveryResult> deliver(DeliveryRequest request)
      throws InterruptedException {
    Instant handoff = clock.instant();
    DeliveryResult result = attempt(request);
    DsnOptions.Trace trace = request.envelope().dsn().trace();
    DeliveryResult softened = result.softened(softBounce(), trace);
    DeliveryLine.Times times =
        DeliveryLine.Times.local(
            request.arrival(), request.activeSince(), handoff, clock.instant());
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    for (Recipient recipient : request.envelope().recipients()) {
      log.info(
          line.format(
              request.queueId(),
              recipient,
              service.name(),
              times,
              softened.why(),
              DeliveryLine.status(result, trace, softBounce())));
      results.put(recipient, softened);
    }
    return results;
  }

  private DeliveryResult attempt(DeliveryRequest request) throws InterruptedException {
    try {
      return run(request);
    } catch (BadValueException e) {
      log.fatal(String.valueOf(e.getMessage()));
      return new Deferred(Diagnosis.of("4.3.0", "unknown mail transport error"));
    } catch (IOException e) {
      log.warning(request.queueId() + ": " + e.getMessage());
      return new Deferred(Diagnosis.of("4.3.0", String.valueOf(e.getMessage())));
    }
  }

  private boolean softBounce() {
    try {
      return config.get(BaseParameters.SOFT_BOUNCE);
    } catch (BadValueException e) {
      return false; // refused when the configuration was read
    }
  }

  private DeliveryResult run(DeliveryRequest request)
      throws BadValueException, IOException, InterruptedException {
    PipeAttributes attributes = PipeAttributes.parse(service.arguments());
    Identity identity = rights.of(attributes);
    List<Recipient> recipients = request.envelope().recipients();
    Recipient first = recipients.getFirst();
    for (Flag flag : List.of(Flag.DELIVERED_TO, Flag.ORIGINAL_TO)) {
      if (attributes.has(flag) && recipients.size() > 1) {
        String letter = flag == Flag.DELIVERED_TO ? "D" : "O";
        return misconfigured(
            "pipe flag `"
                + letter
                + "' requires "
                + service.name()
                + "_destination_recipient_limit = 1");
      }
    }
    if (attributes.sizeLimit() != 0 && request.content().size() > attributes.sizeLimit()) {
      return new Bounced(Diagnosis.of("5.2.3", "message too large"));
    }
    if (request.envelope().dsn().trace() == DsnOptions.Trace.VERIFY) {
      return new Delivered(
          Diagnosis.of("2.0.0", "delivers to command: " + attributes.argv().getFirst()));
    }
    String address = first.address().toString();
    if (attributes.has(Flag.DELIVERED_TO)
        && DeliveredHeaders.of(request.content()).contains(address)) {
      return new Bounced(Diagnosis.of("5.4.6", "mail forwarding loop for " + address));
    }
    String envelopeSender = request.envelope().sender().toString();
    String sender = envelopeSender.isEmpty() ? attributes.nullSender() : envelopeSender;
    List<String> words;
    try {
      words = new PipeArguments(attributes, extension, request, sender).expand(recipients);
    } catch (BadValueException e) {
      return misconfigured(
          "file " + service.file() + ": service " + service.name() + ": " + e.getMessage());
    }
    Command command =
        new Command(
            words.getFirst(),
            Command.Program.of(words),
            identity,
            attributes.directory(),
            environment,
            timeLimit,
            attributes.format());
    try (InputStream content = request.content().open()) {
      MailCopy copy =
          new MailCopy(
              sender,
              attributes.has(Flag.ORIGINAL_TO) ? first.original() : "",
              attributes.has(Flag.DELIVERED_TO) ? address : "",
              content);
      return switch (runner.run(command, copy)) {
        case CommandEnd.Succeeded(var output) -> delivered(output, attributes.has(Flag.FINAL));
        case CommandEnd.Failed(var result) -> result;
      };
    }
  }

  private DeliveryResult misconfigured(String why) {
    log.warning(why);
    return new Deferred(Diagnosis.of("4.3.5", "mail system configuration error"));
  }

  private DeliveryResult delivered(String output, boolean toItsEnd) {
    String said = output.stripTrailing();
    String shown = said.substring(0, Math.min(SHOWN_OUTPUT, said.length()));
    Diagnosis why =
        Diagnosis.of(
            "2.0.0",
            "delivered via "
                + service.name()
                + " service"
                + (shown.isEmpty() ? "" : " (" + shown + ")"));
    return toItsEnd ? new Delivered(why) : Delivered.relayed(why);
  }

  /// Gives threads back; nothing may be being delivered.
  @Override
  public void close() {
    threads.close();
  }
}
