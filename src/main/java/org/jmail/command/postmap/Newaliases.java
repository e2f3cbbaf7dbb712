package org.jmail.command.postmap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.table.TableParameters;
import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// newaliases(1), also `sendmail -bi` and `sendmail -I`: rebuilds the tables of alias_database.
/// What else sendmail would take as options is passed over; only `-C dir` and `-C file` count.
public final class Newaliases implements Command {

  private static final Path SYSTEMS_ALIASES = Path.of("/etc/aliases");

  @Override
  public int run(Invocation invocation) {
    try {
      Optional<String> directory = directory(invocation.arguments());
      Config config = Configs.main(ConfigLocation.find(directory, invocation.environment()));
      List<String> words = new ArrayList<>();
      directory.ifPresent(name -> words.addAll(List.of("-c", name)));
      words.add("--");
      List<String> tables = config.get(TableParameters.ALIAS_DATABASE);
      words.addAll(tables);
      tables.forEach(table -> hint(invocation, table));
      return tables.isEmpty() ? 0 : postalias(invocation, words);
    } catch (BadValueException e) {
      Messages.print(invocation, "fatal: " + e.getMessage());
      return 1;
    }
  }

  /// Where a first start goes wrong: no source, or the distribution's lies elsewhere.
  private static void hint(Invocation invocation, String table) {
    Path source = Path.of(table.substring(table.indexOf(':') + 1));
    if (!source.isAbsolute() || Files.exists(source)) {
      return;
    }
    boolean elsewhere = Files.exists(SYSTEMS_ALIASES) && !source.equals(SYSTEMS_ALIASES);
    Messages.print(
        invocation,
        "warning: alias_database: there is no "
            + source
            + ": "
            + (elsewhere
                ? "run \"cp %1$s %2$s\", or \"postconf alias_maps=lmdb:%1$s alias_database=lmdb:%1$s\""
                    .formatted(SYSTEMS_ALIASES, source)
                : "\"touch " + source + "\" makes an empty one"));
  }

  private static int postalias(Invocation invocation, List<String> words) {
    return new Postalias()
        .run(
            new Invocation(
                "postalias",
                words,
                invocation.in(),
                invocation.out(),
                invocation.err(),
                invocation.environment()));
  }

  private static Optional<String> directory(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.startsWith("-C") && (word.length() > 2 || i + 1 < arguments.size())) {
        String value = word.length() > 2 ? word.substring(2) : arguments.get(i + 1);
        return Optional.of(
            value.endsWith("/main.cf") ? value.substring(0, value.length() - 8) : value);
      }
    }
    return Optional.empty();
  }
}
