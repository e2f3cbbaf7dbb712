package org.jmail.base.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// A service that master.cf defines. The columns that only a process model needs (chroot) are read
/// and checked; nothing acts on them.
///
/// @param name `smtp`, `localhost:10025`, `pickup`, …
/// @param wakeup zero when the service is not woken
/// @param wakeupIfUsed the `?` after the wakeup time
/// @param processLimit empty for `-`: default_process_limit; 0 is no limit
/// @param command what the last column names, as written
/// @param flags the options of the command that take no value, such as `-v`
/// @param arguments what follows the options: pipe's `flags=`, `user=`, `argv=` and so on
/// @param settings the `-o name=value` options
/// @param file where it is defined
/// @param line the first line of the definition
public record MasterService(
    String name,
    Type type,
    boolean isPrivate,
    boolean unprivileged,
    boolean chroot,
    Duration wakeup,
    boolean wakeupIfUsed,
    OptionalInt processLimit,
    String command,
    List<String> flags,
    List<String> arguments,
    Map<String, Setting> settings,
    String file,
    int line) {

  /// What a service listens on.
  public enum Type {
    INET("inet"),
    UNIX("unix"),
    UNIX_DGRAM("unix-dgram"),
    FIFO("fifo"),
    PASS("pass");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /// As in the second column.
    public String text() {
      return text;
    }
  }

  public MasterService {
    flags = List.copyOf(flags);
    arguments = List.copyOf(arguments);
    settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /// The last part of the command's path: what decides which daemon this is.
  public String program() {
    return command.substring(command.lastIndexOf('/') + 1);
  }

  /// The same service with more `-o` settings, in place of those of the same names.
  ///
  /// @param more unexpanded values by name
  public MasterService withSettings(Map<String, String> more) {
    Map<String, Setting> all = new LinkedHashMap<>(settings);
    more.forEach((parameter, value) -> all.put(parameter, new Setting(value, file, line)));
    return new MasterService(
        name,
        type,
        isPrivate,
        unprivileged,
        chroot,
        wakeup,
        wakeupIfUsed,
        processLimit,
        command,
        flags,
        arguments,
        all,
        file,
        line);
  }

  /// `/etc/postfix/master.cf: line 12`.
  public String where() {
    return file + ": line " + line;
  }
}
