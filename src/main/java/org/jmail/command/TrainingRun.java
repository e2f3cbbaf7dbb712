package org.jmail.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs several commands in one process, `train -- sendmail root -- postconf -n`, so that the JVM
/// records which classes commands need (libexec/jmail/train). Not for users.
final class TrainingRun implements Command {

  /// What Main knows it by; it is not in the table of commands.
  static final String NAME = "train";

  private static final String SEPARATOR = "--";

  private final CommandTable commands;

  TrainingRun(CommandTable commands) {
    this.commands = commands;
  }

  @Override
  public int run(Invocation invocation) {
    List<String> words = new ArrayList<>();
    for (String word : invocation.arguments()) {
      if (word.equals(SEPARATOR)) {
        perform(invocation, words);
        words.clear();
      } else {
        words.add(word);
      }
    }
    perform(invocation, words);
    return 0;
  }

  /// What fails has trained some classes all the same.
  private void perform(Invocation whole, List<String> words) {
    Optional<Command> command =
        words.isEmpty() ? Optional.empty() : commands.find(words.getFirst());
    if (command.isPresent()) {
      List<String> arguments = words.subList(1, words.size());
      command
          .get()
          .run(
              new Invocation(
                  words.getFirst(),
                  arguments,
                  whole.in(),
                  whole.out(),
                  whole.err(),
                  whole.environment()));
    }
  }
}
