package org.jmail.network.qmgr;

import java.io.IOException;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.Passwd;
import org.jmail.base.spool.QueueAccessException;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;

/// Who may do what with the queue tools: root and the mail system's own user everything, others
/// list and flush as authorized_mailq_users and authorized_flush_users say (user_acl.c).
final class QueueToolsAccess {

  private static final String ANYBODY = "static:";

  private final int owner;
  private final String listers;
  private final String flushers;
  private final TableContext context;

  /// @param owner the uid of this process
  QueueToolsAccess(int owner, Config config, MailLog log) throws BadValueException {
    this.owner = owner;
    this.listers = config.get(QueueToolsParameters.AUTHORIZED_MAILQ_USERS);
    this.flushers = config.get(QueueToolsParameters.AUTHORIZED_FLUSH_USERS);
    this.context = TableContext.of(config, log::warning);
  }

  void mayList(int uid) throws IOException {
    check(uid, "authorized_mailq_users", listers, "view the mail queue");
  }

  void mayFlush(int uid) throws IOException {
    check(uid, "authorized_flush_users", flushers, "flush the mail queue");
  }

  void mayChange(int uid) throws IOException {
    if (!trusted(uid)) {
      throw new QueueAccessException("use of this command is reserved for the superuser");
    }
  }

  private boolean trusted(int uid) {
    return uid == 0 || uid == owner;
  }

  private void check(int uid, String parameter, String users, String what) throws IOException {
    // whatever follows static: means everybody, and needs no passwd file to say so
    if (trusted(uid) || users.startsWith(ANYBODY)) {
      return;
    }
    Optional<Passwd> user = Passwd.byUid(uid);
    String name = user.map(Passwd::name).orElse("unknown");
    try (MatchList list = MatchList.parse(parameter, users, false, context)) {
      if (!list.matchesString(name)) {
        throw new QueueAccessException("User " + name + "(" + uid + ") is not allowed to " + what);
      }
    } catch (TableException | BadValueException e) {
      throw new IOException(parameter + ": " + e.getMessage(), e);
    }
  }
}
