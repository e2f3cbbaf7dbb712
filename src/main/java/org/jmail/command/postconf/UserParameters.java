package org.jmail.command.postconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.config.Words;

/// Finds the names that an administrator made up and uses: referred to as `$name` in some value, or
/// listed in smtpd_restriction_classes. Confined to one run. Postfix counterpart: postconf_user.c.
final class UserParameters {
  private static final String RESTRICTION_CLASSES = "smtpd_restriction_classes";

  private final String directory;
  private final Map<String, String> main;
  private final List<Service> services;
  private final KnownParameters known;
  private final TableParameters tables;
  private final Output output;

  /// @param main the settings of main.cf; those of read-only names are removed
  UserParameters(
      String directory,
      Map<String, String> main,
      List<Service> services,
      KnownParameters known,
      TableParameters tables,
      Output output) {
    this.directory = directory;
    this.main = main;
    this.services = services;
    this.known = known;
    this.tables = tables;
    this.output = output;
  }

  void register() throws BadValueException {
    for (Service service : services) {
      if (!service.settings().isEmpty()) {
        scanNameSpace(service.settings(), Optional.of(service));
      }
    }
    scanDefaults();
    scanNameSpace(main, Optional.empty());
  }

  private void scanNameSpace(Map<String, String> settings, Optional<Service> scope)
      throws BadValueException {
    for (String name : restrictionClasses(settings)) {
      referredTo(name, scope, true);
    }
    for (Map.Entry<String, String> setting : List.copyOf(settings.entrySet())) {
      String name = setting.getKey();
      Optional<KnownParameters.Known> entry = known.find(name);
      if (entry.isPresent() && entry.get().readOnly()) {
        output.warning(
            source(scope) + ": read-only parameter assignment: " + name + "=" + setting.getValue());
        settings.remove(name);
        continue;
      }
      if (entry.isPresent() && entry.get().origin() == Origin.LEGACY) {
        known.reveal(name);
      }
      if (known.isRaw(name)) {
        continue;
      }
      scan(setting.getValue(), scope);
      if (known.find(name).filter(found -> found.origin() != Origin.USER).isPresent()) {
        for (String candidate : tables.parameters(setting.getValue(), scope)) {
          referredTo(candidate, scope, false);
        }
      }
    }
  }

  private List<String> restrictionClasses(Map<String, String> settings) throws BadValueException {
    String value = settings.get(RESTRICTION_CLASSES);
    if (value == null) {
      return List.of();
    }
    try {
      return Words.splitPlain(
          MacroExpander.recursive(name -> Optional.ofNullable(settings.get(name)), name -> false)
              .expand(value),
          Words.COMMA_SPACE);
    } catch (BadValueException e) {
      output.warning(e.getMessage());
      throw new BadValueException(
          "parameter " + RESTRICTION_CLASSES + ": macro processing error", e);
    }
  }

  /// Defaults may name a parameter of old, which is then not unused.
  private void scanDefaults() {
    for (Map.Entry<String, KnownParameters.Known> entry : new ArrayList<>(known.all().entrySet())) {
      if (!entry.getValue().raw() && !main.containsKey(entry.getKey())) {
        scan(entry.getValue().defaultText(), Optional.empty());
      }
    }
  }

  private void scan(String value, Optional<Service> scope) {
    if (value.indexOf('$') < 0) {
      return;
    }
    try {
      MacroExpander.scan(
          value,
          name -> {
            referredTo(name, scope, true);
            return Optional.empty();
          });
    } catch (BadValueException e) {
      output.warning(e.getMessage());
    }
  }

  /// Makes a name valid where it is set.
  ///
  /// @param mustExist warn when nothing sets it and it has no default
  private void referredTo(String name, Optional<Service> scope, boolean mustExist) {
    boolean set = false;
    if (scope.isPresent() && scope.get().settings().containsKey(name)) {
      set = true;
      scope.get().validNames().add(name);
    } else if (main.containsKey(name)) {
      set = true;
      known.addUser(name);
    }
    if (scope.isEmpty()) {
      for (Service service : services) {
        if (service.settings().containsKey(name)) {
          set = true;
          service.validNames().add(name);
        }
      }
    }
    if (!set && mustExist && !known.has(name)) {
      output.warning(source(scope) + ": undefined parameter: " + name);
    }
  }

  private String source(Optional<Service> scope) {
    return directory + (scope.isPresent() ? "/master.cf" : "/main.cf");
  }
}
