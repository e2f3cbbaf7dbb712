package org.jmail.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// One call of a command: the name it was called by, its arguments as octet strings, its standard
/// streams (not buffered here) and its environment.
public record Invocation(
    String name,
    List<String> arguments,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment) {

  public Invocation {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
