package org.jmail.command.postmap;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.table.FileValues;
import org.jmail.base.table.LookupTable;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;
import org.jmail.base.table.Tables;

/// Asks and lists tables (-q, -s). Tables are opened when they are needed.
final class TableQueries {

  private final Options options;
  private final TableContext context;
  private final Format format;

  TableQueries(Options options, TableContext context, Format format) {
    this.options = options;
    this.context = context;
    this.format = format;
  }

  /// Prints what the first table that has it says about one key; whether one had.
  boolean query(String key) throws TableException, IOException {
    for (String name : options.tables()) {
      try (LookupTable table = Tables.open(name, context)) {
        Optional<String> value = lookup(table, key);
        if (value.isPresent()) {
          format.value(key, value.get());
          return true;
        }
      }
    }
    return false;
  }

  /// The same for each key on standard input; whether one was found.
  boolean queries(InputStream in) throws TableException, IOException {
    try (OpenTables tables = new OpenTables()) {
      boolean found = false;
      if (options.parts().contains(Options.Part.BODY)
          || options.parts().contains(Options.Part.HEADER)) {
        for (String key : new MessageKeys(options.parts()).read(new InputLines(in))) {
          found |= print(tables, key);
        }
        return found;
      }
      InputLines keys = new InputLines(in);
      for (var key = keys.next(); key.isPresent(); key = keys.next()) {
        found |= print(tables, key.get());
      }
      return found;
    }
  }

  private boolean print(OpenTables tables, String key) throws TableException, IOException {
    for (int i = 0; i < options.tables().size(); i++) {
      Optional<String> value = lookup(tables.get(i), key);
      if (value.isPresent()) {
        format.entry(key, value.get());
        return true;
      }
    }
    return false;
  }

  private Optional<String> lookup(LookupTable table, String key) throws TableException {
    Optional<String> value = table.lookup(key);
    if (value.isPresent() && value.get().isEmpty()) {
      warnEmpty(table, key);
    }
    if (value.isPresent() && options.fileValues()) {
      try {
        return Optional.of(FileValues.decode(value.get()));
      } catch (TableException e) {
        context.warning().accept("table " + table.name() + ": key " + key + ": " + e.getMessage());
        throw new TableException("table " + table.name() + ": query error", e);
      }
    }
    return value;
  }

  /// Prints all entries of the first table named.
  void list() throws TableException, IOException {
    List<IOException> failure = new ArrayList<>();
    try (LookupTable table = Tables.open(options.tables().getFirst(), context)) {
      table.forEach((key, value) -> {
        try {
          list(table, key, value);
        } catch (IOException e) {
          failure.add(e);
          throw new TableException("write error", e);
        }
      });
    } catch (TableException e) {
      if (!failure.isEmpty()) {
        throw failure.getFirst();
      }
      throw e;
    }
  }

  private void list(LookupTable table, String key, String value) throws IOException {
    if (key.isEmpty()) {
      context.warning().accept("table " + table.name() + ": empty lookup key value is not allowed");
    } else if (value.isEmpty()) {
      warnEmpty(table, key);
    }
    try {
      format.entry(key, options.fileValues() ? FileValues.decode(value) : value);
    } catch (TableException e) {
      context.warning().accept("table " + table.name() + ": key " + key + ": " + e.getMessage());
    }
  }

  private void warnEmpty(LookupTable table, String key) {
    context
        .warning()
        .accept("table " + table.name() + ": key " + key + ": empty string result is not allowed");
    context
        .warning()
        .accept("table " + table.name() + " should return NO RESULT in case of NOT FOUND");
  }

  /// The tables of the command line, each opened at its first use.
  private final class OpenTables implements AutoCloseable {
    private final List<LookupTable> tables = new ArrayList<>();

    LookupTable get(int index) throws TableException {
      if (index == tables.size()) {
        tables.add(Tables.open(options.tables().get(index), context));
      }
      return tables.get(index);
    }

    @Override
    public void close() {
      tables.forEach(LookupTable::close);
    }
  }
}
