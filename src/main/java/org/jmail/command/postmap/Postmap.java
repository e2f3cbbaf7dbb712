package org.jmail.command.postmap;

import java.util.Optional;
import org.jmail.base.table.KeyValueLine;
import org.jmail.base.table.LogicalLines;
import org.jmail.base.table.TableContext;
import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// postmap(1): makes a lookup table of its source file, and asks and changes tables.
public final class Postmap implements Command {

  @Override
  public int run(Invocation invocation) {
    return new TableCommand(
            invocation,
            "bc:d:fFhijmnNopq:rsuUvw",
            "[-bfFhimnNoprsuUvw] [-c config_dir] [-d key] [-q key] [map_type:]file...",
            "\t",
            Postmap::entry,
            false)
        .run();
  }

  private static Optional<EntrySource.Entry> entry(
      LogicalLines.Line line, String source, TableContext context) {
    return KeyValueLine.parse(line, source, context, "")
        .map(entry -> new EntrySource.Entry(entry.key(), entry.value()));
  }
}
