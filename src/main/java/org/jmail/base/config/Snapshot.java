package org.jmail.base.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [Config] over the settings of main.cf and of one service.
final class Snapshot implements Config {
  private final Path directory;
  private final Map<String, Setting> settings;
  private final Identity identity;
  private final MacroExpander expander;

  private Snapshot(
      Path directory, Map<String, Setting> settings, String processName, String serviceName) {
    this.directory = directory;
    this.settings = Map.copyOf(settings);
    this.identity = new Identity(this, processName, serviceName);
    this.expander = MacroExpander.recursive(this::valueText, ParameterCatalogue::isRaw);
  }

  static Snapshot of(Path directory, MainCf main, String program) {
    return new Snapshot(directory, main.settings(), program, program);
  }

  Snapshot forService(MasterService service) {
    Map<String, Setting> merged = new HashMap<>(settings);
    merged.putAll(service.settings());
    return new Snapshot(directory, merged, service.program(), service.name());
  }

  /// The same with settings of a command line on top.
  Snapshot with(List<String> overrides) throws BadValueException {
    if (overrides.isEmpty()) {
      return this;
    }
    Map<String, Setting> merged = new HashMap<>(settings);
    for (String override : overrides) {
      try {
        NameValue entry = NameValue.parse(override);
        merged.put(entry.name(), new Setting(entry.value(), "command line", 0));
      } catch (BadValueException e) {
        throw new BadValueException(
            "invalid parameter override: " + override + ": " + e.getMessage(), e);
      }
    }
    return new Snapshot(directory, merged, identity.processName(), identity.serviceName());
  }

  @Override
  public <T> T get(Parameter<T> parameter) throws BadValueException {
    return parse(parameter.name(), parameter, parameter.defaultText());
  }

  @Override
  public <T> T getFor(String transport, Parameter<T> parameter) throws BadValueException {
    String name = parameter.nameFor(transport);
    Optional<String> declared = ParameterCatalogue.defaultText(name);
    if (settings.containsKey(name) || declared.isPresent()) {
      return parse(name, parameter, declared.orElse(parameter.defaultText()));
    }
    return get(parameter);
  }

  /// The value of a name, read as that of a parameter which another name declares.
  <T> T getAs(String name, Parameter<T> parameter) throws BadValueException {
    return parse(name, parameter, parameter.defaultText());
  }

  private <T> T parse(String name, Parameter<T> parameter, String defaultText)
      throws BadValueException {
    Setting setting = settings.get(name);
    String text = setting != null ? setting.value() : identity.value(name).orElse(defaultText);
    String value = parameter.kind() == Parameter.Kind.RAW ? text : expanded(name, text);
    try {
      return needsDefault(parameter, value)
          ? parameter.parser().parse(value, expanded(name, defaultText))
          : parameter.parser().parse(value);
    } catch (BadValueException e) {
      throw refusal(setting, e.getMessage(), name, value, e);
    }
  }

  private BadValueException refusal(
      @Nullable Setting setting, String why, String name, String value, @Nullable Exception cause) {
    String message =
        setting == null
            ? directory.resolve("main.cf")
                + ": "
                + why
                + ": "
                + name
                + " = "
                + value
                + " (its default)"
            : setting.where() + ": " + why + ": " + name + " = " + value;
    return cause == null ? new BadValueException(message) : new BadValueException(message, cause);
  }

  @Override
  public BadValueException refusal(String name, String why) {
    Setting setting = settings.get(name);
    String value;
    try {
      value = lookup(name).orElse("");
    } catch (BadValueException e) {
      value = setting != null ? setting.value() : "";
    }
    return refusal(setting, why, name, value, null);
  }

  /// A time without a unit takes the unit of the default.
  private static boolean needsDefault(Parameter<?> parameter, String value) {
    return parameter.kind() == Parameter.Kind.TIME
        && !value.isEmpty()
        && Character.isDigit(value.charAt(value.length() - 1));
  }

  private String expanded(String name, String text) throws BadValueException {
    if (text.indexOf('$') < 0) {
      return text;
    }
    try {
      return expander.expand(text);
    } catch (BadValueException e) {
      throw new BadValueException(
          where(settings.get(name)) + "parameter " + name + ": " + e.getMessage(), e);
    }
  }

  private static String where(@Nullable Setting setting) {
    return setting == null ? "default value: " : setting.where() + ": ";
  }

  @Override
  public String expand(String text) throws BadValueException {
    return expander.expand(text);
  }

  @Override
  public Optional<String> lookup(String name) throws BadValueException {
    Optional<String> text = valueText(name);
    if (text.isEmpty() || ParameterCatalogue.isRaw(name)) {
      return text;
    }
    return Optional.of(expanded(name, text.get()));
  }

  @Override
  public Optional<Setting> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /// The unexpanded value of a name.
  private Optional<String> valueText(String name) throws BadValueException {
    Setting setting = settings.get(name);
    if (setting != null && !Identity.isReadOnly(name)) {
      return Optional.of(setting.value());
    }
    Optional<String> computed = identity.value(name);
    return computed.isPresent() ? computed : ParameterCatalogue.defaultText(name);
  }

  @Override
  public Path directory() {
    return directory;
  }
}
