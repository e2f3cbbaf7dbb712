package org.jmail.command.postconf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MainCf;
import org.jmail.base.config.Words;

/// The parameters of database clients: in main.cf with the table's name as prefix, the old way
/// (`ldap:name` reads `name_server_host`), or in a file of the table (`ldap:/etc/postfix/x.cf`),
/// which is checked for names the client does not have. Confined to one run. Postfix counterpart:
/// postconf_dbms.c.
final class TableParameters {
  private final String directory;
  private final Evaluator evaluator;
  private final boolean quiet;
  private final Output output;
  private final Set<String> visited = new HashSet<>();

  TableParameters(String directory, Evaluator evaluator, boolean quiet, Output output) {
    this.directory = directory;
    this.evaluator = evaluator;
    this.quiet = quiet;
    this.output = output;
  }

  /// The names that tables in a value may read from main.cf.
  List<String> parameters(String value, Optional<Service> scope) throws BadValueException {
    List<String> names = new ArrayList<>();
    if (value.chars().anyMatch(c -> ":$#{".indexOf(c) >= 0)) {
      collect(evaluator.expand(value, scope), scope, true, names);
    }
    return names;
  }

  private void collect(String text, Optional<Service> scope, boolean descend, List<String> names)
      throws BadValueException {
    List<String> words = Words.split(text, Words.COMMA_SPACE);
    for (String word : words) {
      if (word.startsWith("#")) {
        output.warning(
            directory
                + (scope.isPresent() ? "/master.cf" : "/main.cf")
                + ": #comment after other text is not allowed: "
                + word
                + " "
                + after(text, word)
                + "...");
        return;
      }
      if (word.startsWith("{")) {
        if (descend) {
          collect(unbraced(word, scope), scope, true, names);
        }
        continue;
      }
      table(word, scope, descend, names);
    }
  }

  private static String after(String text, String word) {
    int start = Math.min(text.indexOf(word) + word.length() + 1, text.length());
    return text.substring(start, Math.min(text.length(), start + 20));
  }

  private void table(String word, Optional<Service> scope, boolean descend, List<String> names)
      throws BadValueException {
    String table = word;
    while (table.startsWith("proxy:") || table.startsWith("debug:")) {
      table = table.substring(6);
    }
    int colon = table.indexOf(':');
    if (colon < 0) {
      return;
    }
    String type = table.substring(0, colon);
    String name = table.substring(colon + 1);
    if (name.startsWith("/")) {
      if (DatabaseClients.has(type)) {
        checkFile(type, name);
      }
    } else if (name.startsWith("{")) {
      boolean patterns = type.equals("regexp") || type.equals("pcre");
      collect(unbraced(name, scope), scope, descend && !patterns, names);
    } else if (!name.startsWith(".")) {
      for (String suffix : DatabaseClients.parameters(type)) {
        names.add(name + "_" + suffix);
      }
    }
  }

  private String unbraced(String word, Optional<Service> scope) {
    try {
      return Words.unbraced(word);
    } catch (BadValueException e) {
      output.warning(
          directory
              + scope.map(service -> "/master.cf:" + service.nameSpace()).orElse("/main.cf")
              + ": "
              + e.getMessage());
      return Words.leniently(word);
    }
  }

  /// Names once every setting in a client's file that the client does not read.
  private void checkFile(String type, String name) throws BadValueException {
    String table = type + ":" + name;
    if (!visited.add(table)) {
      return;
    }
    String open = "open \"" + type + "\" configuration \"" + name + "\": ";
    Path file = Path.of(name);
    String text;
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        output.warning(open + "not a regular file");
        return;
      }
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (AccessDeniedException e) {
      return; // it may hold a password
    } catch (NoSuchFileException e) {
      output.warning(open + "No such file or directory");
      return;
    } catch (IOException e) {
      output.warning(open + e.getMessage());
      return;
    }
    MainCf settings = MainCf.parse(name, text);
    settings.warnings().forEach(output::warning);
    if (!quiet) {
      settings
          .settings()
          .forEach((parameter, setting) -> {
            if (!DatabaseClients.parameters(type).contains(parameter)) {
              output.warning(table + ": unused parameter: " + parameter + "=" + setting.value());
            }
          });
    }
  }
}
