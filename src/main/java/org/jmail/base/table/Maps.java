package org.jmail.base.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list of tables, such as the value of alias_maps, searched in order until one has the key
/// (Postfix maps.c). A table that cannot be opened does not stop the program: it fails each lookup
/// that reaches it, and is tried again then.
public final class Maps implements AutoCloseable {

  private final String title;
  private final List<LookupTable> tables;

  private Maps(String title, List<LookupTable> tables) {
    this.title = title;
    this.tables = List.copyOf(tables);
  }

  /// Opens the tables of a list such as `hash:/etc/aliases, regexp:{{/x/ y}}`.
  ///
  /// @param title the parameter's name, for messages
  public static Maps open(String title, String list, TableContext context) {
    List<LookupTable> tables = new ArrayList<>();
    for (String name : Braces.words(list)) {
      tables.add(new LateTable(name, context));
    }
    return new Maps(title, tables);
  }

  /// Opens the tables that a list parameter names.
  public static Maps open(String title, List<String> names, TableContext context) {
    List<LookupTable> tables = new ArrayList<>();
    for (String name : names) {
      tables.add(new LateTable(name, context));
    }
    return new Maps(title, tables);
  }

  /// These tables as they are.
  public static Maps of(String title, LookupTable... tables) {
    return new Maps(title, List.of(tables));
  }

  /// Whether there is no table.
  public boolean isEmpty() {
    return tables.isEmpty();
  }

  /// The tables in order.
  public List<LookupTable> tables() {
    return tables;
  }

  /// The first table's answer.
  ///
  /// @throws TableException when a table before the answer cannot tell, or answers with nothing
  public Optional<String> find(String key) throws TableException {
    return find(key, false);
  }

  /// Asks only tables with fixed keys: for parts of an address (`user`, `@domain`), which no
  /// pattern shall match.
  public Optional<String> findPartial(String key) throws TableException {
    return find(key, true);
  }

  private Optional<String> find(String key, boolean fixedOnly) throws TableException {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    for (LookupTable table : tables) {
      if (fixedOnly && !table.fixedKeys()) {
        continue;
      }
      Optional<String> value = table.lookup(key);
      if (value.isPresent()) {
        if (value.get().isEmpty()) {
          throw new TableException(
              title
                  + " lookup of "
                  + key
                  + " returns an empty string result; "
                  + table.name()
                  + " should return NO RESULT in case of NOT FOUND");
        }
        return value;
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    tables.forEach(LookupTable::close);
  }
}
