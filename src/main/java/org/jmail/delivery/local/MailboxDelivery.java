package org.jmail.delivery.local;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusClass;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.mailbox.AppendResult;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.mailbox.maildir.Maildir;
import org.jmail.base.mailbox.mbox.Mbox;
import org.jmail.base.mailbox.mbox.MboxTarget;
import org.jmail.base.mailbox.mbox.Sleeper;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.Stat;
import org.jmail.delivery.identity.Acting;
import org.jmail.delivery.identity.Identity;
import org.jmail.delivery.mailbox.GroupCommit;

/// Puts messages into mailboxes, maildirs and files. Postfix counterpart: mailbox.c, maildir.c,
/// file.c.
final class MailboxDelivery implements AutoCloseable {

  private static final int OTHERS_WRITE = 002;
  private static final int GROUP_WRITES = 020;

  private final LocalSettings settings;
  private final boolean privileged;
  private final GroupCommit commits;
  private final String hostname;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final MailLog log;
  private final Optional<Biff> biff;

  /// @param privileged whether this process is root's and can act as users
  MailboxDelivery(
      LocalSettings settings,
      boolean privileged,
      GroupCommit commits,
      String hostname,
      InstantSource clock,
      Sleeper sleeper,
      MailLog log) {
    this.settings = settings;
    this.privileged = privileged;
    this.commits = commits;
    this.hostname = hostname;
    this.clock = clock;
    this.sleeper = sleeper;
    this.log = log;
    this.biff = settings.biff() ? Optional.of(new Biff(Biff.COMSAT, log)) : Optional.empty();
  }

  @Override
  public void close() {
    biff.ifPresent(Biff::close);
  }

  /// The mailbox in the spool folder or below the home folder.
  DeliveryResult toMailbox(DeliveryRequest request, Attributes a) {
    Identity user = a.rights().identity();
    boolean atHome = !settings.homeMailbox().isEmpty();
    String path =
        atHome
            ? a.rights().home() + "/" + settings.homeMailbox()
            : settings.spoolDirectory() + "/" + a.name().user();
    Identity opener = atHome ? user : spoolIdentity(user);
    boolean give = opener.uid() != user.uid();
    MboxTarget target =
        new MboxTarget(
            path,
            give ? user.uid() : -1,
            give ? user.gid() : -1,
            settings.strictOwner() ? user.uid() : -1,
            true,
            settings.mailboxLimit());
    GroupCommit.Key key = new GroupCommit.Key(path, user.uid(), user.gid());
    AppendResult result = append(request, a, key, acting -> mbox(target, acting, opener, user));
    if (result instanceof AppendResult.Stored(var start)) {
      biff.ifPresent(each -> each.notify(a.name().user(), start));
    }
    return result(
        result,
        "delivered to mailbox",
        "cannot update mailbox " + path + " for user " + a.name().user() + ". ");
  }

  /// With the fewest rights that do: in a folder that all may write to, the user's; where a group
  /// may, the user's with that group; else root's, and the new mailbox is given to the user.
  private Identity spoolIdentity(Identity user) {
    if (!privileged) {
      return user;
    }
    Stat spool;
    try {
      spool = Stat.of(settings.spoolDirectory());
    } catch (PosixException e) {
      return user;
    }
    if ((spool.mode() & OTHERS_WRITE) != 0) {
      return user;
    }
    return (spool.mode() & GROUP_WRITES) != 0
        ? new Identity(user.uid(), spool.gid())
        : Identity.ROOT;
  }

  /// A maildir of a user, or of an alias or .forward.
  DeliveryResult toMaildir(DeliveryRequest request, Attributes a, Identity user, String path) {
    GroupCommit.Key key = new GroupCommit.Key(path, user.uid(), user.gid());
    AppendResult result =
        append(
            request,
            a,
            key,
            acting -> {
              acting.become(user);
              return new Maildir(path, hostname, settings.mailboxLimit(), clock, log);
            });
    return result(result, "delivered to maildir", "maildir delivery failed: ");
  }

  /// A file of an alias or .forward.
  DeliveryResult toFile(DeliveryRequest request, Attributes a, Identity user, String path) {
    if (path.endsWith("/")) {
      return toMaildir(request, a, user, path);
    }
    MboxTarget target = MboxTarget.file(path, settings.mailboxLimit());
    GroupCommit.Key key = new GroupCommit.Key(path, user.uid(), user.gid());
    AppendResult result = append(request, a, key, acting -> mbox(target, acting, user, user));
    return result(
        result, "delivered to file: " + path, "cannot append message to file " + path + ": ");
  }

  private Mbox mbox(MboxTarget target, Acting acting, Identity opener, Identity writer) {
    org.jmail.base.mailbox.mbox.Rights rights =
        new org.jmail.base.mailbox.mbox.Rights() {
          @Override
          public void toOpen() throws IOException {
            acting.become(opener);
          }

          // What is open is written with the rights of whoever opened it; that user's quota and
          // the blocks kept for root go by the user id alone.
          @Override
          public void toWrite() throws IOException {
            if (writer.uid() != opener.uid()) {
              acting.become(writer);
            }
          }
        };
    return new Mbox(target, settings.locks(), rights, clock, sleeper, log);
  }

  private AppendResult append(
      DeliveryRequest request, Attributes a, GroupCommit.Key key, GroupCommit.Opener opener) {
    boolean told = settings.deliveredHeader().contains(HeaderUse.FILE);
    String deliveredTo = settings.frozenDeliveredTo() ? a.from().deliveredTo() : a.address();
    try (InputStream content = request.content().open()) {
      MailCopy copy =
          new MailCopy(a.from().sender(), a.from().original(), told ? deliveredTo : "", content);
      return commits.append(key, copy, opener);
    } catch (IOException e) {
      return new AppendResult.Refused(
          Diagnosis.of("4.3.0", "error reading message: " + e.getMessage()));
    }
  }

  private static DeliveryResult result(AppendResult result, String success, String failure) {
    return switch (result) {
      case AppendResult.Stored ignored ->
          new DeliveryResult.Delivered(Diagnosis.of("2.0.0", success));
      case AppendResult.Refused(var why) -> {
        Diagnosis full = Diagnosis.of(why.code(), failure + why.text());
        yield why.code().type() == StatusClass.PERMANENT
            ? new DeliveryResult.Bounced(full)
            : new DeliveryResult.Deferred(full);
      }
    };
  }
}
