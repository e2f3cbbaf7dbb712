package org.jmail.base.table;

import java.util.Optional;
import org.jmail.base.posix.Group;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.RecentPasswd;

/// `unix:passwd.byname` and `unix:group.byname`: the system's accounts, as lines of passwd(5) and
/// group(5) with `x` for the password (Postfix dict_unix.c). Users that there are are remembered
/// for a second.
final class UnixTable implements LookupTable {

  private enum Database {
    PASSWD,
    GROUP
  }

  private final String text;
  private final Database database;
  private final RecentPasswd users = new RecentPasswd();

  UnixTable(String text) throws TableException {
    this.text = text;
    this.database =
        switch (text) {
          case "passwd.byname" -> Database.PASSWD;
          case "group.byname" -> Database.GROUP;
          default -> throw new TableException("unknown table: unix:" + text);
        };
  }

  @Override
  public String name() {
    return "unix:" + text;
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    try {
      return switch (database) {
        case PASSWD -> users.byName(key).map(UnixTable::line);
        case GROUP -> Group.byName(key).map(UnixTable::line);
      };
    } catch (PosixException e) {
      throw new TableException(name() + ": " + e.getMessage(), e);
    }
  }

  private static String line(Passwd user) {
    return String.join(
        ":",
        user.name(),
        "x",
        Integer.toUnsignedString(user.uid()),
        Integer.toUnsignedString(user.gid()),
        user.gecos(),
        user.home(),
        user.shell());
  }

  private static String line(Group group) {
    return group.name()
        + ":x:"
        + Integer.toUnsignedString(group.gid())
        + ":"
        + String.join(",", group.members());
  }

  @Override
  public TableOwner owner() {
    return TableOwner.TRUSTED;
  }

  @Override
  public boolean fixedKeys() {
    return true;
  }
}
