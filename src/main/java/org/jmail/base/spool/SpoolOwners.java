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
      Optional<Passwd> owner = Passwd.byName(user);
      Optional<Group> drop = Group.byName(group);
      if (owner.isEmpty()) {
        String both = drop.isEmpty() ? ", and setgid_group = " + group + " unknown group" : "";
        throw config.refusal(
            "mail_owner",
            "unknown user"
                + both
                + " (run \""
                + NewAccounts.commands(drop.isEmpty() ? group : "", user)
                + "\")");
      }
      if (drop.isEmpty()) {
        throw config.refusal(
            "setgid_group", "unknown group (run \"" + NewAccounts.commands(group, "") + "\")");
      }
      return checked(config, owner.get(), drop.get());
    } catch (IOException e) {
      throw config.refusal("mail_owner", "cannot look up the user: " + e.getMessage());
    }
  }

  /// check_mail_owner, check_sgid_group and check_overlap of mail_params.c.
  private static SpoolOwners checked(Config config, Passwd owner, Group drop)
      throws BadValueException {
    if (owner.uid() == 0 || owner.gid() == 0) {
      throw config.refusal(
          "mail_owner",
          "user has a privileged "
              + (owner.uid() == 0 ? "user ID" : "group ID")
              + " (specify a user of its own)");
    }
    if (drop.gid() == 0) {
      throw config.refusal("setgid_group", "group has a privileged group ID");
    }
    if (drop.gid() == owner.gid()) {
      throw config.refusal(
          "setgid_group",
          "mail_owner " + owner.name() + " has the same group (specify a group of its own)");
    }
    if (owner.name().equals(config.get(BaseParameters.DEFAULT_PRIVS))) {
      throw config.refusal("default_privs", "the same user as mail_owner");
    }
    return new SpoolOwners(
        0, 0, owner.uid(), owner.gid(), drop.gid(), List.of(owner.gid(), drop.gid()));
  }
}
