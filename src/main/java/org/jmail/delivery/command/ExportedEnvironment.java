package org.jmail.delivery.command;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// What every command gets as its environment. Postfix counterpart: clean_env.c.
public final class ExportedEnvironment {

  private static final String IMPORTED = "MAIL_CONFIG TZ LANG=C";

  private ExportedEnvironment() {}

  /// Of our own environment what import_environment lets in, of that what export_environment names,
  /// and the settings of both; then the standard search path.
  public static Map<String, String> of(Config config, Map<String, String> own)
      throws BadValueException {
    Map<String, String> imported = chosen(words(config), own);
    imported.put("MAIL_CONFIG", config.directory().toString());
    Map<String, String> environment =
        chosen(config.get(CommandParameters.EXPORT_ENVIRONMENT), imported);
    environment.put("PATH", Command.SEARCH_PATH);
    return Map.copyOf(environment);
  }

  private static Map<String, String> chosen(List<String> words, Map<String, String> from) {
    Map<String, String> chosen = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        chosen.put(word.substring(0, equals), word.substring(equals + 1));
      } else if (from.containsKey(word)) {
        chosen.put(word, String.valueOf(from.get(word)));
      }
    }
    return chosen;
  }

  private static List<String> words(Config config) throws BadValueException {
    String text = config.lookup("import_environment").orElse(IMPORTED);
    return List.of(text.strip().split("[\\s,]+", -1)).stream().filter(w -> !w.isEmpty()).toList();
  }
}
