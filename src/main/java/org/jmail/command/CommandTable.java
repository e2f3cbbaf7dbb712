package org.jmail.command;

import java.util.Optional;

/// All commands by name, for those that hand over to others, as sendmail does to postqueue.
public interface CommandTable {

  /// The command, or empty when there is none of that name.
  Optional<Command> find(String name);
}
