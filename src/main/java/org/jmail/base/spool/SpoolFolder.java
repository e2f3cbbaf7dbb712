package org.jmail.base.spool;

import java.nio.file.Path;
import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;

/// A folder that jmail needs, with the owner and mode it must have. Postfix counterpart:
/// postfix-files and the `create-missing` of post-install.
public record SpoolFolder(Path path, int uid, int gid, int mode) {

  /// All of them, parents first.
  public static List<SpoolFolder> all(Config config, SpoolOwners owners) throws BadValueException {
    Path queue = Path.of(config.get(BaseParameters.QUEUE_DIRECTORY));
    Path data = Path.of(config.get(BaseParameters.DATA_DIRECTORY));
    int root = owners.root();
    int rootGroup = owners.rootGroup();
    int mail = owners.mailOwner();
    int mailGroup = owners.mailGroup();
    return List.of(
        new SpoolFolder(queue, root, rootGroup, 0755),
        new SpoolFolder(queue.resolve("pid"), root, rootGroup, 0755),
        // Contents on their way through the delivery process.
        new SpoolFolder(queue.resolve("delivery"), root, rootGroup, 0700),
        new SpoolFolder(queue.resolve("queue"), mail, mailGroup, 0700),
        // Root's, so that nobody can swap a socket for a link while root sets its owner.
        new SpoolFolder(queue.resolve("private"), root, mailGroup, 0710),
        // Files of the maildrop while pickup works on them.
        new SpoolFolder(queue.resolve("private").resolve("pickup"), mail, mailGroup, 0700),
        sockets(queue, owners),
        maildrop(queue, owners),
        new SpoolFolder(data, mail, mailGroup, 0700));
  }

  /// Those that whoever sends mail must get into: for the socket of pickup(8), and to add a file.
  public static List<SpoolFolder> forUsers(Config config, SpoolOwners owners)
      throws BadValueException {
    Path queue = Path.of(config.get(BaseParameters.QUEUE_DIRECTORY));
    return List.of(sockets(queue, owners), maildrop(queue, owners));
  }

  private static SpoolFolder sockets(Path queue, SpoolOwners owners) {
    return new SpoolFolder(queue.resolve("public"), owners.mailOwner(), owners.mailGroup(), 0755);
  }

  /// Anybody may add a file, nobody may list them; each belongs to its submitter and, by the
  /// set-gid bit, to the group that the network process reads it by.
  private static SpoolFolder maildrop(Path queue, SpoolOwners owners) {
    return new SpoolFolder(
        queue.resolve("maildrop"), owners.mailOwner(), owners.setgidGroup(), 03733);
  }
}
