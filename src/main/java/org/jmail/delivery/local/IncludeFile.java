package org.jmail.delivery.local;

import java.io.IOException;
import java.util.Optional;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.Stat;
import org.jmail.delivery.identity.Identity;

/// `:include:/file`: a list of members in a file. Postfix counterpart: include.c.
final class IncludeFile {

  private final Expansion expansion;

  IncludeFile(Expansion expansion) {
    this.expansion = expansion;
  }

  /// The file as it was looked at, with its text.
  private record Looked(Stat stat, String text) {}

  void expand(Attributes given, String path) throws InterruptedException {
    Attributes a = given.deeper();
    if (a.level() > Expansion.DEEPEST) {
      expansion.warn(":include: nesting limit exceeded for " + path);
      expansion.add(Destination.bounced(a, "5.4.6", ":include: nesting limit exceeded"));
      return;
    }
    Identity reader = a.rights().identity();
    if (expansion.seen().repeats("include " + reader.uid() + " " + path)) {
      return;
    }
    a = a.from(a.from().expanding(a.from().stage(), a.name().local()));
    if (!path.startsWith("/")) {
      refuse(a, ":include:" + path + " uses a relative path");
      return;
    }
    try {
      Looked looked = look(path, reader);
      String defect = ListFile.defect(looked.stat());
      if (defect.isEmpty()) {
        members(a, path, looked);
      } else {
        refuse(a, ":include: file " + path + " " + defect);
      }
    } catch (PosixException e) {
      unreadable(a, path, e);
    } catch (IOException e) {
      expansion.add(
          Destination.deferred(a, "4.3.0", "error reading forwarding file: " + e.getMessage()));
    }
  }

  private void refuse(Attributes a, String why) {
    expansion.warn(why);
    expansion.add(Destination.bounced(a, "5.3.5", "mail system configuration error"));
  }

  /// A file that is not there, or not to be read, is a mistake in the alias; a device that fails is
  /// not.
  private void unreadable(Attributes a, String path, PosixException e) {
    String why = "unable to lookup :include: file " + path + ": " + Errno.text(e.errno());
    switch (e.errno()) {
      case Errno.EIO, Errno.ENOMEM, Errno.EAGAIN, 23 /* ENFILE */, 24 /* EMFILE */, 116 -> {
        expansion.warn(why);
        expansion.add(Destination.deferred(a, "4.3.5", "mail system configuration error"));
      }
      default -> refuse(a, why);
    }
  }

  /// With the rights of whose alias or .forward names it. When none are chosen, that is root's
  /// file: it may name any file that root can read.
  private Looked look(String path, Identity reader) throws IOException, InterruptedException {
    if (!expansion.around().privileged() || reader.isRoot()) {
      return read(path);
    }
    return expansion
        .around()
        .identities()
        .run(acting -> {
          acting.become(reader);
          return read(path);
        });
  }

  private static Looked read(String path) throws IOException {
    Stat stat = Stat.of(path);
    return new Looked(stat, ListFile.defect(stat).isEmpty() ? ListFile.read(path, stat) : "");
  }

  private void members(Attributes given, String path, Looked looked) throws InterruptedException {
    Attributes a = given.from(given.from().expanding(Stage.INCLUDE, given.name().local()));
    if (a.rights().identity().isRoot()) {
      Optional<Rights> owner = ownerRights(a, path, looked.stat().uid());
      if (owner.isEmpty()) {
        return;
      }
      a = a.withRights(owner.get());
    }
    if (a.from().owner().isEmpty()) {
      a = a.from(a.from().ownedBy(Optional.of(a.address())));
    }
    if (!expansion.settings().propagate().contains("include")) {
      a = a.withUnmatched("");
    }
    for (String line : ListFile.lines(looked.text(), expansion.settings().lineLimit())) {
      expansion.members(a, line);
    }
  }

  /// A user's file in root's alias has that user's rights, not default_privs: its owner must not
  /// come to control that account. Empty when it was decided that the mail waits.
  private Optional<Rights> ownerRights(Attributes a, String path, int uid) {
    if (uid == 0) {
      return Optional.of(Rights.NONE);
    }
    try {
      Optional<Passwd> owner = expansion.around().accounts().byUid(uid);
      if (owner.isPresent()) {
        return owner.map(Rights::of);
      }
      expansion.warn("cannot find username for uid " + uid);
    } catch (IOException e) {
      expansion.warn("cannot find username for uid " + uid + ": " + e.getMessage());
    }
    expansion.warn(path + ": cannot find :include: file owner username");
    expansion.add(Destination.deferred(a, "4.3.5", "mail system configuration error"));
    return Optional.empty();
  }
}
