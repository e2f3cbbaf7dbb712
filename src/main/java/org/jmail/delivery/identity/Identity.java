package org.jmail.delivery.identity;

import org.jmail.base.posix.Passwd;

/// Whose rights something is done with. Supplementary groups are never taken along: as in Postfix,
/// the only group is `gid` (set_eugid.c, set_ugid.c).
public record Identity(int uid, int gid) {

  /// The superuser's.
  public static final Identity ROOT = new Identity(0, 0);

  /// That user's, with the primary group.
  public static Identity of(Passwd user) {
    return new Identity(user.uid(), user.gid());
  }

  /// Whether it is the superuser's.
  public boolean isRoot() {
    return uid == 0;
  }
}
