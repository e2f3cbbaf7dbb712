package org.jmail.base.spool;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.posix.Group;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.Posix;

/// Who owns what below $queue_directory. Started by root: root and mail_owner. Started by anybody
/// else (a private instance): that user alone.
///
/// @param root the owner of what only the delivery process may change
/// @param mailOwner the user of the network process
/// @param setgidGroup the group of the maildrop
public record SpoolOwners(
    int root, int rootGroup, int mailOwner, int mailGroup, int setgidGroup, List<Integer> groups) {

  public SpoolOwners {
    groups = List.copyOf(groups);
  }

  /// Whether the two processes run as different users.
  public boolean separate() {
    return root != mailOwner;
  }

  /// The owners that the configuration names.
  ///
  /// @throws BadValueException when mail_owner or setgid_group does not exist or is no good choice
  public static SpoolOwners of(Config config) throws BadValueException {
    int uid = Posix.geteuid();
    int gid = Posix.getegid();
    if (uid != 0) {
      return new SpoolOwners(uid, gid, uid, gid, gid, List.of());
    }
    String user = config.get(BaseParameters.MAIL_OWNER);
    String group = config.get(BaseParameters.SETGID_GROUP);
    try {
      Passwd owner =
          Passwd.byName(user)
              .orElseThrow(() ->
                  new BadValueException(
                      "main.cf: mail_owner: unknown user '"
                          + user
                          + "': create it (adduser --system --no-create-home "
                          + user
                          + ") or set mail_owner"));
      Optional<Group> drop = Group.byName(group);
      if (drop.isEmpty()) {
        throw new BadValueException(
            "main.cf: setgid_group: unknown group '"
                + group
                + "': create it (addgroup --system "
                + group
                + ") or set setgid_group");
      }
      if (owner.uid() == 0) {
        throw new BadValueException("main.cf: mail_owner: '" + user + "' must not be root");
      }
      return new SpoolOwners(
          0, 0, owner.uid(), owner.gid(), drop.get().gid(), List.of(owner.gid(), drop.get().gid()));
    } catch (IOException e) {
      throw new BadValueException("main.cf: mail_owner: cannot look up: " + e.getMessage(), e);
    }
  }
}
