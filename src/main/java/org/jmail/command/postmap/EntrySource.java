package org.jmail.command.postmap;

import java.util.Optional;
import org.jmail.base.table.LogicalLines;
import org.jmail.base.table.TableContext;

/// Makes an entry of a line of source text; empty, after a warning, when it holds none.
@FunctionalInterface
interface EntrySource {

  /// A key and its value, ready to be stored.
  record Entry(String key, String value) {}

  /// Reads one line.
  ///
  /// @param source the file's name, for warnings
  Optional<Entry> parse(LogicalLines.Line line, String source, TableContext context);
}
