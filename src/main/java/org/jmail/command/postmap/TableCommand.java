package org.jmail.command.postmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;
import org.jmail.command.Invocation;

/// What postmap and postalias have in common: options, the choice of what to do, messages and exit
/// status.
final class TableCommand {

  private final Invocation invocation;
  private final String letters;
  private final String usage;
  private final String separator;
  private final EntrySource entries;
  private final boolean aliases;

  TableCommand(
      Invocation invocation,
      String letters,
      String usage,
      String separator,
      EntrySource entries,
      boolean aliases) {
    this.invocation = invocation;
    this.letters = letters;
    this.usage = "usage: " + invocation.name() + " " + usage;
    this.separator = separator;
    this.entries = entries;
    this.aliases = aliases;
  }

  /// Runs to the exit status: 0, or 1 when nothing was found or something failed.
  int run() {
    try {
      Options options = Options.parse(invocation.arguments(), letters, usage);
      Config config =
          Configs.main(ConfigLocation.find(options.configDirectory(), invocation.environment()));
      return run(options, config);
    } catch (UsageException e) {
      message(e.option());
      message("fatal: " + e.getMessage());
    } catch (FatalException | BadValueException | TableException e) {
      message("fatal: " + e.getMessage());
    } catch (IOException e) {
      message("fatal: write error: " + Reasons.of(e));
    }
    return 1;
  }

  private int run(Options options, Config config)
      throws FatalException, BadValueException, TableException, IOException {
    if (options.parts().equals(Set.of(Options.Part.MIME))) {
      message("warning: ignoring -m option without -b or -h");
    }
    TableContext context = options.apply(TableContext.of(config, this::warning));
    Format format = new Format(invocation.out(), separator, options.json());
    TableQueries queries = new TableQueries(options, context, format);
    TableBuilder builder = new TableBuilder(options, context, entries, aliases);
    boolean found = true;
    switch (options.mode()) {
      case QUERY -> {
        try {
          found =
              options.key().equals("-")
                  ? queries.queries(invocation.in())
                  : queries.query(options.key());
        } finally {
          format.flush();
        }
      }
      case LIST -> {
        found = !options.tables().isEmpty();
        if (found) {
          try {
            queries.list();
          } finally {
            format.flush();
          }
        }
      }
      case DELETE -> found = delete(builder, options);
      case UPDATE -> {
        for (String table : options.tables()) {
          builder.update(table, invocation.in());
        }
      }
      case REBUILD -> {
        for (String table : options.tables()) {
          builder.rebuild(table);
        }
      }
    }
    return found ? 0 : 1;
  }

  private boolean delete(TableBuilder builder, Options options)
      throws FatalException, TableException, IOException {
    List<String> keys = new ArrayList<>();
    if (options.key().equals("-")) {
      InputLines lines = new InputLines(invocation.in());
      for (var key = lines.next(); key.isPresent(); key = lines.next()) {
        keys.add(key.get());
      }
    } else {
      keys.add(options.key());
    }
    boolean found = false;
    for (String table : options.tables()) {
      found |= builder.delete(table, keys);
    }
    return found;
  }

  private void warning(String text) {
    message("warning: " + text);
  }

  private void message(String text) {
    Messages.print(invocation, text);
  }
}
