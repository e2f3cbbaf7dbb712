package org.jmail.command.postfix;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.SpoolFolder;
import org.jmail.base.spool.SpoolFolders;
import org.jmail.base.spool.SpoolOwners;

/// `postfix set-permissions`, `postfix upgrade-configuration`, and what a start does of it. Postfix
/// counterpart: post-install.
final class Permissions {

  private final Instance instance;

  Permissions(Instance instance) {
    this.instance = instance;
  }

  /// Makes missing folders, and gives all of them, and the queue's files, their owners and modes.
  int run() throws Refusal, BadValueException {
    createMissing();
    SpoolOwners owners = SpoolOwners.of(instance.config());
    try {
      for (SpoolFolder folder : SpoolFolder.all(instance.config(), owners)) {
        SpoolFolders.apply(folder);
      }
      // Not the maildrop: its files belong to whoever submitted them.
      give(instance.queueDirectory().resolve("queue"), owners.mailOwner(), owners.mailGroup());
    } catch (IOException e) {
      throw new Refusal("cannot set permissions: " + e.getMessage(), e);
    }
    return 0;
  }

  /// For a start or an installation by root: those of a Postfix let only its set-gid commands in,
  /// and no user could send mail (docs/adr/0011).
  ///
  /// @return what was mended, one line a folder
  List<String> mendForUsers() throws Refusal, BadValueException {
    SpoolOwners owners = SpoolOwners.of(instance.config());
    if (Posix.geteuid() != 0) {
      return List.of();
    }
    try {
      return SpoolFolders.mend(SpoolFolder.forUsers(instance.config(), owners));
    } catch (IOException e) {
      throw new Refusal("cannot set permissions: " + e.getMessage(), e);
    }
  }

  /// Makes the folders that are not there.
  int createMissing() throws Refusal, BadValueException {
    List<SpoolFolder> folders =
        SpoolFolder.all(instance.config(), SpoolOwners.of(instance.config()));
    try {
      SpoolFolders.createMissing(folders);
    } catch (IOException e) {
      throw new Refusal("unable to create missing queue directories: " + e.getMessage(), e);
    }
    return 0;
  }

  private static void give(Path tree, int uid, int gid) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(folder, attributes);
          }
        });
  }
}
