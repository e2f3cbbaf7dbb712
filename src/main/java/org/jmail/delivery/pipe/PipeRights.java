package org.jmail.delivery.pipe;

import java.io.IOException;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.posix.Group;
import org.jmail.base.posix.Passwd;
import org.jmail.delivery.account.Accounts;
import org.jmail.delivery.identity.Identity;

/// Whose rights a pipe has: the `user=` of its row, never root's nor the mail system's own. Postfix
/// counterpart: the end of get_service_attr in pipe.c.
record PipeRights(Accounts accounts, String mailOwner, String setgidGroup) {

  static PipeRights of(Config config, Accounts accounts) throws BadValueException {
    return new PipeRights(
        accounts, config.get(BaseParameters.MAIL_OWNER), config.get(BaseParameters.SETGID_GROUP));
  }

  /// @throws BadValueException why these rights are not given, in Postfix's words
  /// @throws IOException when the user database cannot tell
  Identity of(PipeAttributes attributes) throws BadValueException, IOException {
    Optional<Passwd> user = accounts.byName(attributes.user());
    if (user.isEmpty()) {
      throw new BadValueException("get_service_attr: unknown username: " + attributes.user());
    }
    int uid = user.get().uid();
    int gid = attributes.group().isEmpty() ? user.get().gid() : group(attributes.group());
    String attribute = "user= command-line attribute specifies ";
    Optional<Passwd> owner = accounts.byName(mailOwner);
    if (uid == 0) {
      throw new BadValueException(attribute + "root privileges");
    }
    if (owner.isPresent() && uid == owner.get().uid()) {
      throw new BadValueException(attribute + "mail system owner " + mailOwner);
    }
    if (gid == 0) {
      throw new BadValueException(attribute + "privileged group id 0");
    }
    if (owner.isPresent() && gid == owner.get().gid()) {
      throw new BadValueException(
          attribute + "mail system owner " + mailOwner + " group id " + gid);
    }
    if (Group.byName(setgidGroup).filter(group -> group.gid() == gid).isPresent()) {
      throw new BadValueException(attribute + "mail system " + setgidGroup + " group id " + gid);
    }
    return new Identity(uid, gid);
  }

  private static int group(String name) throws BadValueException, IOException {
    return Group.byName(name)
        .orElseThrow(() -> new BadValueException("get_service_attr: unknown group: " + name))
        .gid();
  }
}
