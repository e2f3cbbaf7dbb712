package org.jmail.command.postconf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Warns of settings that nothing uses, and of names that are advised against. Postfix counterpart:
/// postconf_unused.c.
final class UnusedParameters {
  private final String directory;
  private final KnownParameters known;
  private final Output output;
  private final Map<String, String> deprecated = deprecated();
  private boolean foundDeprecated;

  UnusedParameters(String directory, KnownParameters known, Output output) {
    this.directory = directory;
    this.known = known;
    this.output = output;
  }

  void warnMain(Map<String, String> settings) {
    warn("main.cf", settings, Set.of());
  }

  void warnMaster(List<Service> services) {
    for (Service service : services) {
      warn("master.cf", service.settings(), service.validNames());
    }
  }

  /// Says where to read more, if there was something to read about.
  void finish() {
    if (foundDeprecated) {
      output.warning("See https://www.postfix.org/DEPRECATION_README.html for details");
    }
  }

  private void warn(String file, Map<String, String> settings, Set<String> valid) {
    Map<String, String> flagged = new TreeMap<>();
    settings.forEach((name, value) -> {
      String alternative = deprecated.get(name);
      if (known.has(name) || valid.contains(name)) {
        if (alternative != null) {
          flagged.put(
              name,
              "support for parameter \"" + name + "\" will be removed; instead, " + alternative);
        }
      } else if (alternative != null) {
        flagged.put(
            name, "support for parameter " + name + " has been removed; instead, " + alternative);
      } else {
        flagged.put(name, "unused parameter: " + name + "=" + value);
      }
      foundDeprecated |= alternative != null;
    });
    flagged.values().forEach(text -> output.warning(directory + "/" + file + ": " + text));
  }

  /// Name and advice, from a resource.
  private static Map<String, String> deprecated() {
    Map<String, String> advice = new HashMap<>();
    try (InputStream in = UnusedParameters.class.getResourceAsStream("deprecated-parameters")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the resource deprecated-parameters");
      }
      new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            int space = line.indexOf(' ');
            advice.put(line.substring(0, space), line.substring(space + 1));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return advice;
  }
}
