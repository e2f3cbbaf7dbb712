package org.jmail.network.smtpd.access;

import java.util.HashMap;
import java.util.Map;
import org.jmail.base.table.Maps;
import org.jmail.base.table.TableContext;

/// The tables that restriction lists name, each opened once. Used while lists are read, by one
/// thread; the tables themselves by many.
final class AccessTables implements AutoCloseable {
  private final TableContext context;
  private final Map<String, Maps> open = new HashMap<>();

  AccessTables(TableContext context) {
    this.context = context;
  }

  /// A table `type:name`. One that cannot be opened fails the requests that ask it.
  Maps table(String typeAndName) {
    return open.computeIfAbsent(typeAndName, name -> Maps.open(name, name, context));
  }

  @Override
  public void close() {
    open.values().forEach(Maps::close);
  }
}
