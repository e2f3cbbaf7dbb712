package org.jmail.command;

import java.util.List;
import java.util.Optional;
import org.jmail.command.postconf.Postconf;
import org.jmail.command.postfix.Postfix;
import org.jmail.command.postlog.Postlog;
import org.jmail.command.postmap.Newaliases;
import org.jmail.command.postmap.Postalias;
import org.jmail.command.postmap.Postmap;
import org.jmail.command.queue.Postcat;
import org.jmail.command.queue.Postqueue;
import org.jmail.command.queue.Postsuper;
import org.jmail.command.queue.Qshape;
import org.jmail.command.sendmail.Sendmail;

/// Runs the command named by the first argument: `Main sendmail -t -i`.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    List<String> words = Arguments.octets(arguments);
    String name = words.isEmpty() ? "" : words.getFirst();
    Optional<Command> command =
        name.equals(TrainingRun.NAME) ? Optional.of(new TrainingRun(new Table())) : command(name);
    int status;
    if (command.isEmpty()) {
      System.err.println("jmail: fatal: unknown command: " + name);
      status = 75;
    } else {
      status =
          command
              .get()
              .run(
                  new Invocation(
                      name,
                      words.subList(1, words.size()),
                      System.in,
                      System.out,
                      System.err,
                      System.getenv()));
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status);
  }

  /// The command table.
  private static Optional<Command> command(String name) {
    return switch (name) {
      case "mailq" -> Optional.of(new Sendmail(new Table()));
      case "newaliases" -> Optional.of(new Newaliases());
      case "postalias" -> Optional.of(new Postalias());
      case "postcat" -> Optional.of(new Postcat());
      case "postconf" -> Optional.of(new Postconf());
      case "postlog" -> Optional.of(new Postlog());
      case "postmap" -> Optional.of(new Postmap());
      case "postqueue" -> Optional.of(new Postqueue());
      case "qshape" -> Optional.of(new Qshape());
      case "postsuper" -> Optional.of(new Postsuper());
      case "sendmail" -> Optional.of(new Sendmail(new Table()));
      case "postfix" -> Optional.of(new Postfix(new Table()));
      default -> Optional.empty();
    };
  }

  private static final class Table implements CommandTable {
    @Override
    public Optional<Command> find(String name) {
      return command(name);
    }
  }
}
