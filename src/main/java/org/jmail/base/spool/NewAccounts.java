package org.jmail.base.spool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The commands of this machine's distribution that make the group and the user that jmail needs,
/// for messages.
final class NewAccounts {

  private NewAccounts() {}

  /// @param group to be made; empty for none
  /// @param user to be made; empty for none
  static String commands(String group, String user) {
    return commands(group, user, hasUseradd());
  }

  static String commands(String group, String user, boolean useradd) {
    List<String> commands = new ArrayList<>();
    if (!group.isEmpty()) {
      commands.add((useradd ? "groupadd --system " : "addgroup -S ") + group);
    }
    if (!user.isEmpty() && useradd) {
      commands.add(
          "useradd --system --user-group --no-create-home --home-dir / --shell /sbin/nologin "
              + user);
    } else if (!user.isEmpty()) {
      commands.add("addgroup -S " + user);
      commands.add("adduser -S -D -H -h / -s /sbin/nologin -G " + user + " " + user);
    }
    return String.join(" && ", commands);
  }

  /// Debian, Fedora, Arch and their kin have shadow's useradd; Alpine has busybox's adduser.
  private static boolean hasUseradd() {
    return Stream.of("/usr/sbin/useradd", "/sbin/useradd", "/usr/bin/useradd")
        .anyMatch(path -> Files.isExecutable(Path.of(path)));
  }
}
