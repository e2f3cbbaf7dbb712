package org.jmail.command;

/// What a user runs. One implementation a command; several names may lead to one.
public interface Command {

  /// Runs to the end and returns the exit status.
  int run(Invocation invocation);
}
