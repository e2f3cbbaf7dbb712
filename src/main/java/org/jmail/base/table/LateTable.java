package org.jmail.base.table;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens its table at once if that is possible, else at a later lookup (Postfix dict_surrogate.c).
final class LateTable implements LookupTable {
  private final String name;
  private final TableContext context;
  private volatile @Nullable LookupTable table;
  private boolean closed;

  LateTable(String name, TableContext context) {
    this.name = name;
    this.context = context;
    try {
      table = Tables.open(name, context);
    } catch (TableException e) {
      context.warning().accept(name + " is unavailable. " + e.getMessage());
    }
  }

  private LookupTable table() throws TableException {
    LookupTable now = table;
    return now != null ? now : retry();
  }

  private synchronized LookupTable retry() throws TableException {
    if (closed) {
      throw new TableException(name + " is closed");
    }
    LookupTable now = table;
    if (now == null) {
      try {
        now = Tables.open(name, context);
      } catch (TableException e) {
        throw new TableException(name + " is unavailable. " + e.getMessage(), e);
      }
      table = now;
    }
    return now;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    return table().lookup(key);
  }

  @Override
  public TableOwner owner() throws TableException {
    return table().owner();
  }

  /// A table that is not there must fail lookups of parts, too, rather than be passed over.
  @Override
  public boolean fixedKeys() {
    LookupTable now = table;
    return now == null || now.fixedKeys();
  }

  @Override
  public void forEach(EntryConsumer consumer) throws TableException {
    table().forEach(consumer);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (table != null) {
      table.close();
    }
  }
}
