package org.jmail.base.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A [Config] for tests: the settings given, and the defaults.
public final class TestConfig {

  private TestConfig() {}

  /// Settings by name, as in main.cf.
  public static Config of(Map<String, String> settings) {
    return of(Path.of("/etc/postfix"), settings);
  }

  /// `TestConfig.of("myhostname", "mx.example", "mydomain", "example")`.
  public static Config of(String... namesAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return of(settings);
  }

  /// The same, for a configuration that lies in a folder.
  public static Config of(Path directory, Map<String, String> settings) {
    try {
      return configuration(directory, settings, "").main();
    } catch (BadValueException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// With a master.cf.
  public static Configuration configuration(
      Path directory, Map<String, String> settings, String masterCf) throws BadValueException {
    StringBuilder text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name + " = " + value + "\n"));
    String folder = directory.toString();
    return new Configuration(
        directory,
        MainCf.parse(folder + "/main.cf", text.toString()),
        MasterCf.parse(folder + "/master.cf", masterCf));
  }
}
