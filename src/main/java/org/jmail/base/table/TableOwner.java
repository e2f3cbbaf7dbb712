package org.jmail.base.table;

/// Who controls a table's contents: the owner of the source file, or nobody known. (Postfix
/// dict_owner: DICT_OWNER_TRUSTED for root's files and for main.cf itself.)
///
/// @param known whether the owner could be determined
/// @param uid the owner; 0 also for tables in main.cf itself; -1 when unknown
public record TableOwner(boolean known, int uid) {

  /// Root's, or written in main.cf.
  public static final TableOwner TRUSTED = new TableOwner(true, 0);

  /// Shared or remote: rights of default_privs only.
  public static final TableOwner UNKNOWN = new TableOwner(false, -1);
}
