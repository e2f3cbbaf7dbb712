package org.jmail.delivery.virtual;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Bounced;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.DeliveryResult.Delivered;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusClass;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.mailbox.AppendResult;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.mailbox.maildir.Maildir;
import org.jmail.base.mailbox.mbox.LockPolicy;
import org.jmail.base.mailbox.mbox.MailboxParameters;
import org.jmail.base.mailbox.mbox.Mbox;
import org.jmail.base.mailbox.mbox.MboxTarget;
import org.jmail.base.mailbox.mbox.Rights;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MaillogParameters;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;
import org.jmail.base.table.Utf8;
import org.jmail.delivery.identity.Acting;
import org.jmail.delivery.identity.Identities;
import org.jmail.delivery.identity.Identity;
import org.jmail.delivery.mailbox.GroupCommit;
import org.jmail.delivery.mailbox.MachineName;

/// virtual(8): delivers to the mailboxes that tables name. Safe for use by many threads. Postfix
/// counterpart: virtual.c, mailbox.c, maildir.c, unknown.c.
public final class VirtualTransport implements Transport, AutoCloseable {

  /// Mailboxes that are written at the same time.
  private static final int MAILBOX_THREADS = 64;

  private static final String NOT_REGULAR = " is not a regular file";

  private final String service;
  private final VirtualTables tables;
  private final Identities threads;
  private final GroupCommit commits;
  private final LockPolicy locks;
  private final long sizeLimit;
  private final String mistake;
  private final boolean strictOwner;
  private final boolean softBounce;
  private final String hostname = MachineName.get();
  private final InstantSource clock = InstantSource.system();
  private final DeliveryLine line;
  private final MailLog log;

  /// @param service its name in master.cf
  /// @throws BadValueException when the configuration cannot be used
  public VirtualTransport(String service, Config config, MailLog log) throws BadValueException {
    this.service = service;
    this.sizeLimit = config.get(VirtualParameters.VIRTUAL_MAILBOX_LIMIT);
    this.mistake = mistake(config);
    this.locks =
        MailboxParameters.policy(config, config.get(VirtualParameters.VIRTUAL_MAILBOX_LOCK));
    this.strictOwner = !config.lookup("strict_mailbox_ownership").orElse("yes").equals("no");
    this.softBounce = config.get(BaseParameters.SOFT_BOUNCE);
    this.line =
        new DeliveryLine(config.get(MaillogParameters.DELAY_LOGGING_RESOLUTION_LIMIT).intValue());
    this.log = log;
    this.tables = VirtualTables.open(config, log);
    this.threads = new Identities("virtual-mailbox", MAILBOX_THREADS, log);
    this.commits = new GroupCommit(threads);
  }

  /// A mailbox limit below the message limit would return or keep forever what was accepted. It is
  /// told of when mail comes, not at the start: who has no such mailboxes never set the limit.
  private static String mistake(Config config) throws BadValueException {
    long mailbox = config.get(VirtualParameters.VIRTUAL_MAILBOX_LIMIT);
    long message = config.get(BaseParameters.MESSAGE_SIZE_LIMIT);
    if (mailbox > 0 && message == 0) {
      return "configuration error: virtual_mailbox_limit is limited but message_size_limit is"
          + " unlimited";
    }
    return mailbox > 0 && mailbox < message
        ? "configuration error: virtual_mailbox_limit is smaller than message_size_limit"
        : "";
  }

  @Override
  public Map<Recipient, DeliveryResult> deliver(DeliveryRequest request) {
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    for (Recipient recipient : request.envelope().recipients()) {
      Instant handoff = clock.instant();
      DeliveryResult result = deliver(request, recipient);
      DsnOptions.Trace trace = request.envelope().dsn().trace();
      DeliveryResult softened = result.softened(softBounce, trace);
      DeliveryLine.Times times =
          DeliveryLine.Times.local(
              request.arrival(), request.activeSince(), handoff, clock.instant());
      log.info(
          line.format(
              request.queueId(),
              recipient,
              service,
              times,
              softened.why(),
              DeliveryLine.status(result, trace, softBounce)));
      results.put(recipient, softened);
    }
    return results;
  }

  private DeliveryResult deliver(DeliveryRequest request, Recipient recipient) {
    if (!mistake.isEmpty()) {
      log.fatal(mistake);
      return new Deferred(Diagnosis.of("4.3.0", "unknown mail transport error"));
    }
    String user = Utf8.fold(recipient.address().toString());
    Optional<VirtualMailbox> mailbox;
    try {
      mailbox = tables.find(user);
    } catch (VirtualTables.MistakeException e) {
      log.warning(String.valueOf(e.getMessage()));
      return new Deferred(Diagnosis.of("4.3.5", "mail system configuration error"));
    }
    if (mailbox.isEmpty()) {
      return new Bounced(Diagnosis.of("5.1.1", "unknown user: \"" + user + "\""));
    }
    VirtualMailbox found = mailbox.get();
    String kind = found.isMaildir() ? "maildir" : "mailbox";
    if (request.envelope().dsn().trace() == DsnOptions.Trace.VERIFY) {
      return new Delivered(Diagnosis.of("2.0.0", "delivers to " + kind));
    }
    return switch (append(request, recipient, found)) {
      case AppendResult.Stored ignored ->
          new Delivered(Diagnosis.of("2.0.0", "delivered to " + kind));
      case AppendResult.Refused(var why) -> refused(recipient, found, why);
    };
  }

  private AppendResult append(DeliveryRequest request, Recipient recipient, VirtualMailbox to) {
    Identity owner = to.identity();
    GroupCommit.Key key = new GroupCommit.Key(to.path(), owner.uid(), owner.gid());
    try (InputStream content = request.content().open()) {
      MailCopy copy =
          new MailCopy(
              request.envelope().sender().toString(),
              recipient.original(),
              recipient.address().toString(),
              content);
      return commits.append(
          key,
          copy,
          acting -> {
            acting.become(owner);
            return to.isMaildir()
                ? new Maildir(to.path(), hostname, sizeLimit, clock, log)
                : mbox(to, acting);
          });
    } catch (IOException e) {
      return new AppendResult.Refused(
          Diagnosis.of("4.3.0", "error reading message: " + e.getMessage()));
    }
  }

  private Mbox mbox(VirtualMailbox to, Acting acting) {
    Rights rights =
        new Rights() {
          @Override
          public void toOpen() throws IOException {
            acting.become(to.identity());
          }

          @Override
          public void toWrite() throws IOException {
            acting.become(to.identity());
          }
        };
    int required = strictOwner ? to.identity().uid() : -1;
    MboxTarget target = new MboxTarget(to.path(), -1, -1, required, true, sizeLimit);
    return new Mbox(target, locks, rights, clock, time -> Thread.sleep(time.toMillis()), log);
  }

  /// What cannot be opened waits, whatever the reason: here only the administrator makes mailboxes.
  private DeliveryResult refused(Recipient recipient, VirtualMailbox to, Diagnosis why) {
    String text = why.text();
    if (text.endsWith(NOT_REGULAR)) {
      log.warning("recipient " + recipient.address() + ": " + text);
      return new Bounced(Diagnosis.of("5.3.5", failure(to) + "mail system configuration error"));
    }
    Diagnosis full = Diagnosis.of(why.code(), failure(to) + text);
    boolean opening = why.code().toString().equals("5.2.0");
    return why.code().type() == StatusClass.PERMANENT && !opening
        ? new Bounced(full)
        : new Deferred(full);
  }

  private static String failure(VirtualMailbox to) {
    return to.isMaildir()
        ? "maildir delivery failed: "
        : "delivery failed to mailbox " + to.path() + ": ";
  }

  /// Gives threads and tables back; nothing may be being delivered.
  @Override
  public void close() {
    threads.close();
    tables.close();
  }
}
