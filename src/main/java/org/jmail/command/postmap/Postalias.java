package org.jmail.command.postmap;

import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// postalias(1): makes an alias table of its source file, and asks and changes alias tables.
public final class Postalias implements Command {

  @Override
  public int run(Invocation invocation) {
    return new TableCommand(
            invocation,
            "Nc:d:fijnopq:rsuvw",
            "[-Nfinoprsuvw] [-c config_dir] [-d key] [-q key] [map_type:]file...",
            ":\t",
            new AliasSource(),
            true)
        .run();
  }
}
