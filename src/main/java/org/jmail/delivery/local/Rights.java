package org.jmail.delivery.local;

import org.jmail.base.posix.Passwd;
import org.jmail.delivery.identity.Identity;

/// Whose rights a `/file` or `|command` is delivered with, and what its environment knows of that
/// user. Postfix counterpart: USER_ATTR in local.h.
///
/// @param identity root's stands for "none chosen": default_privs will be used instead
/// @param home empty when unknown
/// @param logname empty when unknown
/// @param shell empty when unknown
record Rights(Identity identity, String home, String logname, String shell) {

  /// None chosen: the table belongs to root.
  static final Rights NONE = new Rights(Identity.ROOT, "", "", "");

  /// That user's.
  static Rights of(Passwd user) {
    return new Rights(Identity.of(user), user.home(), user.name(), user.shell());
  }
}
