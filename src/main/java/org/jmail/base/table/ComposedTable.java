package org.jmail.base.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `unionmap:{type:name, …}` joins what all its tables answer, and `pipemap:{type:name, …}` asks
/// each table for what the one before answered (Postfix dict_union.c, dict_pipe.c). The first table
/// says whether keys are fixed, the least trusted one owns the answer.
final class ComposedTable implements LookupTable {

  private enum Kind {
    UNIONMAP,
    PIPEMAP
  }

  private final String name;
  private final Kind kind;
  private final List<LookupTable> tables;

  private ComposedTable(Kind kind, String name, List<LookupTable> tables) {
    this.name = name;
    this.kind = kind;
    this.tables = tables;
  }

  static ComposedTable union(String text, TableContext context) throws TableException {
    return new ComposedTable(Kind.UNIONMAP, "unionmap:" + text, open("unionmap", text, context));
  }

  static ComposedTable pipe(String text, TableContext context) throws TableException {
    return new ComposedTable(Kind.PIPEMAP, "pipemap:" + text, open("pipemap", text, context));
  }

  private static List<LookupTable> open(String type, String text, TableContext context)
      throws TableException {
    List<String> words = Braces.list(type, text, "type:name");
    for (String word : words) {
      if (word.indexOf(':') < 0) {
        throw Braces.badSyntax(type, text, "type:name");
      }
    }
    List<LookupTable> tables = new ArrayList<>();
    for (String word : words) {
      tables.add(Tables.open(word, context));
    }
    return List.copyOf(tables);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    return kind == Kind.UNIONMAP ? joined(key) : piped(key);
  }

  private Optional<String> joined(String key) throws TableException {
    StringBuilder all = new StringBuilder();
    for (LookupTable table : tables) {
      Optional<String> value = table.lookup(key);
      if (value.isPresent()) {
        all.append(all.isEmpty() ? "" : ",").append(value.get());
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
  }

  private Optional<String> piped(String key) throws TableException {
    String query = key;
    for (LookupTable table : tables) {
      Optional<String> value = table.lookup(query);
      if (value.isEmpty()) {
        return value;
      }
      query = value.get();
    }
    return Optional.of(query);
  }

  @Override
  public TableOwner owner() throws TableException {
    TableOwner least = TableOwner.TRUSTED;
    for (LookupTable table : tables) {
      least = leastTrusted(least, table.owner());
    }
    return least;
  }

  /// Unknown before a user, a user before root; two users together are nobody known (Postfix
  /// DICT_OWNER_AGGREGATE_UPDATE).
  private static TableOwner leastTrusted(TableOwner one, TableOwner other) {
    if (!one.known() || !other.known()) {
      return TableOwner.UNKNOWN;
    }
    if (one.uid() == 0 || other.uid() == 0) {
      return one.uid() == 0 ? other : one;
    }
    return one.uid() == other.uid() ? one : TableOwner.UNKNOWN;
  }

  @Override
  public boolean fixedKeys() {
    return tables.getFirst().fixedKeys();
  }

  @Override
  public void close() {
    tables.forEach(LookupTable::close);
  }
}
