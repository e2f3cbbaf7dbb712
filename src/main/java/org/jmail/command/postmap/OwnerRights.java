package org.jmail.command.postmap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jmail.base.posix.Credentials;
import org.jmail.base.posix.Posix;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.Stat;

/// The rights a table is made with: root takes those of the source file's owner, so that the result
/// belongs to him and a link he made leads nowhere he could not go himself (Postfix postmap.c,
/// set_eugid.c). Given back by [#close]. Belongs to one platform thread.
final class OwnerRights implements AutoCloseable {

  private final Credentials before;
  private final int maskBefore;
  private final boolean taken;

  private OwnerRights(Credentials before, int maskBefore, boolean taken) {
    this.before = before;
    this.maskBefore = maskBefore;
    this.taken = taken;
  }

  /// Takes the owner's rights, unless -o was given or we are not root, and sets the mask that keeps
  /// from others what the source keeps from them, unless -p was given.
  static OwnerRights take(
      Options options, String table, String sourceName, Stat source, Consumer<String> warning)
      throws IOException {
    Credentials before = Credentials.ofThread();
    int hidden = options.keepMode() && source.isRegular() ? ~source.permissions() & 077 : 0;
    int maskBefore = Posix.umask(022 | hidden);
    boolean take = options.asOwner() && before.realUid() == 0 && source.uid() != 0;
    if (take) {
      become(source.uid(), source.gid(), List.of(source.gid()));
    } else if (options.asOwner() && before.realUid() == 0) {
      warnOfForeignFolder(table, sourceName, warning);
    }
    return new OwnerRights(before, maskBefore, take);
  }

  private static void become(int uid, int gid, List<Integer> groups) throws PosixException {
    Credentials.threadSetGroups(groups);
    Credentials.threadSetGids(Credentials.KEEP, gid, Credentials.KEEP);
    Credentials.threadSetUids(Credentials.KEEP, uid, Credentials.KEEP);
  }

  private static void warnOfForeignFolder(String table, String sourceName, Consumer<String> warning)
      throws PosixException {
    Path parent = Path.of(table).toAbsolutePath().getParent();
    if (parent == null || Stat.of(parent).uid() == 0) {
      return;
    }
    Path named = Path.of(table).getParent();
    String folder = named == null ? "." : named.toString();
    warning.accept(
        "Creating root-owned database file(s) "
            + table
            + ".* in non-root-owned directory "
            + folder
            + ". Files "
            + sourceName
            + ", "
            + table
            + ".*, and directory "
            + folder
            + " should have the same owner. Please fix ownership to avoid a privilege-escalation"
            + " attack.");
  }

  /// Says that they are wanted until the end of the block.
  void keep() {}

  @Override
  public void close() throws PosixException {
    var _ = Posix.umask(maskBefore);
    if (taken) {
      Credentials.threadSetUids(Credentials.KEEP, before.effectiveUid(), Credentials.KEEP);
      Credentials.threadSetGids(Credentials.KEEP, before.effectiveGid(), Credentials.KEEP);
      Credentials.threadSetGroups(before.groups());
    }
  }
}
