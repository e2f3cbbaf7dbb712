package org.jmail.base.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.posix.Group;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.Posix;

/// What a machine lacks on which jmail is started for the first time with its own defaults: the
/// user, the group and the alias table, all in one message with the commands that make them.
public final class FirstStart {

  private static final Path SYSTEMS_ALIASES = Path.of("/etc/aliases");

  private final List<String> lacks = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();

  private FirstStart() {}

  /// Empty when the user and the group are there, or main.cf names others: then they are not ours
  /// to make.
  ///
  /// @param aliasDatabase the tables of alias_database
  public static Optional<String> message(Config config, List<String> aliasDatabase)
      throws BadValueException {
    if (Posix.geteuid() != 0) {
      return Optional.empty();
    }
    try {
      FirstStart first = new FirstStart();
      first.accounts(config);
      if (first.lacks.isEmpty()) {
        return Optional.empty();
      }
      first.aliases(aliasDatabase);
      return Optional.of(
          "this machine is not ready for jmail yet: "
              + String.join(", ", first.lacks)
              + ". Run: "
              + String.join(" && ", first.commands));
    } catch (IOException e) {
      return Optional.empty(); // what cannot be looked up is found by whoever needs it
    }
  }

  private void accounts(Config config) throws BadValueException, IOException {
    String user = missing(config, BaseParameters.MAIL_OWNER.name(), false);
    String group = missing(config, BaseParameters.SETGID_GROUP.name(), true);
    if (!user.isEmpty()) {
      lacks.add("no user " + user + " (mail_owner)");
    }
    if (!group.isEmpty()) {
      lacks.add("no group " + group + " (setgid_group)");
    }
    if (!user.isEmpty() || !group.isEmpty()) {
      commands.add(NewAccounts.commands(group, user));
    }
  }

  /// The default of the parameter when nobody has that name; else empty.
  private static String missing(Config config, String parameter, boolean group)
      throws BadValueException, IOException {
    if (config.setting(parameter).isPresent()) {
      return "";
    }
    String name = config.lookup(parameter).orElse("");
    boolean there = group ? Group.byName(name).isPresent() : Passwd.byName(name).isPresent();
    return there ? "" : name;
  }

  private void aliases(List<String> tables) {
    boolean unindexed = false;
    for (String table : tables) {
      Path source = Path.of(table.substring(table.indexOf(':') + 1));
      Path index = source.resolveSibling(source.getFileName() + ".lmdb");
      if (table.matches("(lmdb|hash|btree):/.*") && !Files.exists(index)) {
        unindexed = true;
        lacks.add("no " + index + " (alias_database)");
        if (!Files.exists(source)) {
          commands.add(
              Files.exists(SYSTEMS_ALIASES) && !source.equals(SYSTEMS_ALIASES)
                  ? "cp " + SYSTEMS_ALIASES + " " + source
                  : "touch " + source);
        }
      }
    }
    if (unindexed) {
      commands.add("newaliases");
    }
  }
}
