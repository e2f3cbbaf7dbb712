package org.jmail.base.spool;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes the folders that are missing, and compares those that are there with what they must be.
public final class SpoolFolders {

  private static final int MODE_BITS = 07777;

  private SpoolFolders() {}

  /// Makes each folder that is missing, and its parents. One that is there stays as it is.
  ///
  /// @throws IOException naming the folder
  public static void createMissing(List<SpoolFolder> folders) throws IOException {
    for (SpoolFolder folder : folders) {
      if (!Files.isDirectory(folder.path(), LinkOption.NOFOLLOW_LINKS)) {
        create(folder);
      }
    }
  }

  private static void create(SpoolFolder folder) throws IOException {
    Path parent = folder.path().toAbsolutePath().getParent();
    if (parent != null && !Files.exists(parent)) {
      Files.createDirectories(parent);
      Files.setAttribute(parent, "unix:mode", 0755);
    }
    try {
      Files.createDirectory(folder.path());
    } catch (AccessDeniedException e) {
      throw new IOException(folder.path() + ": Permission denied", e);
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(folder.path())) {
        return; // a link that the administrator made
      }
      throw new IOException(folder.path() + " is not a folder: move it away", e);
    }
    apply(folder);
  }

  /// Gives the folder the owner and mode it must have.
  public static void apply(SpoolFolder folder) throws IOException {
    Files.setAttribute(folder.path(), "unix:uid", folder.uid());
    Files.setAttribute(folder.path(), "unix:gid", folder.gid());
    // After the owner: a change of owner clears the set-gid bit.
    Files.setAttribute(folder.path(), "unix:mode", folder.mode());
  }

  /// What is wrong with the folders, one line each with the command that mends it.
  public static List<String> complaints(List<SpoolFolder> folders) {
    List<String> complaints = new ArrayList<>();
    for (SpoolFolder folder : folders) {
      try {
        Map<String, Object> is = Files.readAttributes(folder.path(), "unix:uid,gid,mode");
        int uid = (Integer) is.getOrDefault("uid", -1);
        int gid = (Integer) is.getOrDefault("gid", -1);
        int mode = (Integer) is.getOrDefault("mode", 0) & MODE_BITS;
        if (uid != folder.uid()) {
          complaints.add("not owned by uid " + folder.uid() + ": " + folder.path() + mend());
        }
        if (gid != folder.gid() && (folder.mode() & 070) != 0 && (folder.mode() & 02000) != 0) {
          complaints.add("not owned by group " + folder.gid() + ": " + folder.path() + mend());
        }
        if (mode != folder.mode()) {
          complaints.add(
              "mode is %04o and not %04o: %s%s"
                  .formatted(mode, folder.mode(), folder.path(), mend()));
        }
      } catch (IOException e) {
        complaints.add("no folder " + folder.path() + mend());
      }
    }
    return complaints;
  }

  private static String mend() {
    return " (postfix set-permissions mends it)";
  }
}
