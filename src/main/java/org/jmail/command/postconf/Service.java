package org.jmail.command.postconf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MasterEntry;
import org.jmail.base.config.NameValue;

/// A service of master.cf with its own settings. Mutable, confined to one run. Postfix counterpart:
/// PCF_MASTER_ENT.
final class Service {
  private final List<String> columns;
  private final List<String> arguments;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Set<String> validNames = new HashSet<>();

  private Service(List<String> columns, List<String> arguments) {
    this.columns = columns;
    this.arguments = arguments;
  }

  /// Reads a logical line.
  static Service parse(String line, Output output) throws BadValueException {
    List<String> problems = new ArrayList<>();
    MasterEntry entry = MasterEntry.parse(line, problems);
    MasterColumns.check(entry.columns(), line);
    for (String problem : problems) {
      output.warning("master.cf: " + problem);
    }
    Service service =
        new Service(new ArrayList<>(entry.columns()), new ArrayList<>(entry.arguments()));
    service.collectSettings();
    return service;
  }

  /// Reads the `-o` options; one that is not `name=value`, which a daemon refuses, is only shown.
  private void collectSettings() {
    for (int i = 0; i < arguments.size() && !MasterEntry.endsOptions(arguments.get(i)); i++) {
      if (isOption(i)) {
        i++;
        setting(arguments.get(i)).ifPresent(entry -> settings.put(entry.name(), entry.value()));
      }
    }
  }

  private static Optional<NameValue> setting(String text) {
    try {
      return Optional.of(NameValue.parse(text));
    } catch (BadValueException e) {
      return Optional.empty();
    }
  }

  /// Whether `-o` with something after it stands there.
  boolean isOption(int i) {
    return arguments.get(i).equals("-o") && i + 1 < arguments.size();
  }

  String name() {
    return columns.getFirst();
  }

  String type() {
    return columns.get(1);
  }

  /// `name/type`.
  String nameSpace() {
    return name() + "/" + type();
  }

  String program() {
    String command = columns.get(7);
    return command.substring(command.lastIndexOf('/') + 1);
  }

  /// The eight columns.
  List<String> columns() {
    return columns;
  }

  /// What follows the command, options in the form `-o`, `name=value`.
  List<String> arguments() {
    return arguments;
  }

  /// The `-o` settings; the last of several counts.
  Map<String, String> settings() {
    return settings;
  }

  /// The names of settings that are known to be used.
  Set<String> validNames() {
    return validNames;
  }

  /// Replaces a column; the command's replacement brings its arguments along.
  void setColumn(int column, String value, Output output) throws BadValueException {
    if (column < MasterEntry.COLUMNS - 1) {
      columns.set(column, value);
      MasterColumns.check(columns, value);
      return;
    }
    String head = String.join(" ", columns.subList(0, MasterEntry.COLUMNS - 1));
    Service changed = parse(head + " " + value, output);
    columns.set(column, changed.columns.get(column));
    arguments.clear();
    arguments.addAll(changed.arguments);
  }

  /// Changes the `-o` setting of a name everywhere, or adds it after the other options.
  void setParameter(String name, String value) {
    boolean found = false;
    int i = 0;
    for (; i < arguments.size() && !MasterEntry.endsOptions(arguments.get(i)); i++) {
      if (isOption(i)) {
        i++;
        if (arguments.get(i).startsWith(name + "=")) {
          arguments.set(i, name + "=" + value);
          found = true;
        }
      }
    }
    if (!found) {
      arguments.addAll(i, List.of("-o", name + "=" + value));
    }
  }

  /// Removes the `-o` settings of a name.
  void removeParameter(String name) {
    for (int i = 0; i < arguments.size() && !MasterEntry.endsOptions(arguments.get(i)); ) {
      if (isOption(i) && arguments.get(i + 1).startsWith(name + "=")) {
        arguments.subList(i, i + 2).clear();
      } else {
        i += isOption(i) ? 2 : 1;
      }
    }
  }
}
