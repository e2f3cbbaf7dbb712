package org.jmail.delivery.account;

import java.io.IOException;
import java.util.Optional;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.RecentPasswd;

/// The users of this machine. "Cannot tell" is an exception and never "no such user".
public interface Accounts {

  /// The user of that name.
  Optional<Passwd> byName(String name) throws IOException;

  /// The first user with that id.
  Optional<Passwd> byUid(int uid) throws IOException;

  /// Those of the system. A name that could be a path or an option is nobody's, whatever the user
  /// database says: names become file names.
  static Accounts system() {
    RecentPasswd users = new RecentPasswd();
    return new Accounts() {
      @Override
      public Optional<Passwd> byName(String name) throws IOException {
        boolean unsafe =
            name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..");
        return unsafe ? Optional.empty() : users.byName(name);
      }

      @Override
      public Optional<Passwd> byUid(int uid) throws IOException {
        return users.byUid(uid);
      }
    };
  }
}
