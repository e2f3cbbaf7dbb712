package org.jmail.base.table;

import java.util.Optional;

/// Stands before every table: folds the keys of tables with fixed keys, and lets only UTF-8 through
/// when smtputf8_enable says so (Postfix dict_utf8.c). A key that is not UTF-8 cannot be there; a
/// value that is not is an error.
final class FoldingTable implements LookupTable {

  private final LookupTable table;
  private final TableContext context;

  FoldingTable(LookupTable table, TableContext context) {
    this.table = table;
    this.context = context;
  }

  @Override
  public String name() {
    return table.name();
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    if (key.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    if (context.utf8() && !Utf8.isValid(key)) {
      context
          .warning()
          .accept(name() + ": non-UTF-8 key \"" + key + "\": malformed UTF-8 or invalid codepoint");
      return Optional.empty();
    }
    Optional<String> value = table.lookup(fold(key));
    if (context.utf8() && value.isPresent() && !Utf8.isValid(value.get())) {
      throw new TableException(
          name()
              + ": key \""
              + key
              + "\": non-UTF-8 value \""
              + value.get()
              + "\": malformed UTF-8 or invalid codepoint");
    }
    return value;
  }

  private String fold(String key) {
    if (!context.fold() || !table.fixedKeys()) {
      return key;
    }
    return context.utf8() ? Utf8.fold(key) : Ascii.lower(key);
  }

  @Override
  public TableOwner owner() throws TableException {
    return table.owner();
  }

  @Override
  public boolean fixedKeys() {
    return table.fixedKeys();
  }

  @Override
  public void forEach(EntryConsumer consumer) throws TableException {
    table.forEach(consumer);
  }

  @Override
  public void close() {
    table.close();
  }
}
