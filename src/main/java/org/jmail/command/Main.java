package org.jmail.command;

/// Runs the command named by the first argument: `Main sendmail -t -i`.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String[] arguments) {
    String name = arguments.length == 0 ? "" : arguments[0];
    System.err.println("jmail: fatal: unknown command: " + name);
    return 75;
  }
}
