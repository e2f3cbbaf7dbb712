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
  ///
  /// @param links `NOFOLLOW_LINKS`: a link stays as it is, and so does what it points to
  public static void apply(SpoolFolder folder, LinkOption... links) throws IOException {
    Files.setAttribute(folder.path(), "unix:uid", folder.uid(), links);
    Files.setAttribute(folder.path(), "unix:gid", folder.gid(), links);
    // After the owner: a change of owner clears the set-gid bit.
    Files.setAttribute(folder.path(), "unix:mode", folder.mode(), links);
  }

  /// Gives folders the owner and mode they must have, where they have others. What is no folder but
  /// a link is left alone.
  ///
  /// @return what was mended, one line a folder
  /// @throws IOException naming the folder
  public static List<String> mend(List<SpoolFolder> folders) throws IOException {
    List<String> mended = new ArrayList<>();
    for (SpoolFolder folder : folders) {
      if (!Files.isDirectory(folder.path(), LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      List<String> differences = differences(folder);
      if (!differences.isEmpty()) {
        apply(folder, LinkOption.NOFOLLOW_LINKS);
        mended.add("mended %s: %s".formatted(folder.path(), String.join(", ", differences)));
      }
    }
    return mended;
  }

  /// What is wrong with the folders, one line each with the command that mends it.
  public static List<String> complaints(List<SpoolFolder> folders) {
    List<String> complaints = new ArrayList<>();
    for (SpoolFolder folder : folders) {
      try {
        differences(folder).forEach(what -> complaints.add(what + ": " + folder.path() + mend()));
      } catch (IOException e) {
        complaints.add("no folder " + folder.path() + mend());
      }
    }
    return complaints;
  }

  private static List<String> differences(SpoolFolder folder) throws IOException {
    List<String> differences = new ArrayList<>();
    Map<String, Object> is = Files.readAttributes(folder.path(), "unix:uid,gid,mode");
    int uid = (Integer) is.getOrDefault("uid", -1);
    int gid = (Integer) is.getOrDefault("gid", -1);
    int mode = (Integer) is.getOrDefault("mode", 0) & MODE_BITS;
    if (uid != folder.uid()) {
      differences.add("not owned by uid " + folder.uid());
    }
    if (gid != folder.gid() && (folder.mode() & 070) != 0 && (folder.mode() & 02000) != 0) {
      differences.add("not owned by group " + folder.gid());
    }
    if (mode != folder.mode()) {
      differences.add("mode is %04o and not %04o".formatted(mode, folder.mode()));
    }
    return differences;
  }

  private static String mend() {
    return " (postfix set-permissions mends it)";
  }
}
