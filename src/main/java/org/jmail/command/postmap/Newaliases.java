package org.jmail.command.postmap;

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
      return tables.isEmpty() ? 0 : postalias(invocation, words);
    } catch (BadValueException e) {
      Messages.print(invocation, "fatal: " + e.getMessage());
      return 1;
    }
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
