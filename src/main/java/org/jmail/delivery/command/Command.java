package org.jmail.delivery.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jmail.base.mailbox.CopyFormat;
import org.jmail.delivery.identity.Identity;

/// What to run, whose, where, and what to give it.
///
/// @param shown how log and bounce name it
/// @param program its words
/// @param identity never root's
/// @param directory to start in, which must be the user's to enter; empty for the queue's folder
/// @param timeLimit for everything: reading, printing, ending
/// @param input what is written around the message
public record Command(
    String shown,
    Program program,
    Identity identity,
    String directory,
    Map<String, String> environment,
    Duration timeLimit,
    CopyFormat input) {

  /// Where programs without a '/' are sought.
  public static final String SEARCH_PATH = "/usr/bin:/bin";

  /// Without any other octet a shell would change nothing.
  private static final String PLAIN =
      "1234567890!@%-_=+:,./abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \t";

  /// The words to execute.
  ///
  /// @param words what to execute first; empty for nothing
  /// @param shell what to execute instead, or when the first word is no program: perhaps it is
  ///   built into the shell; empty for nothing
  public record Program(List<String> words, List<String> shell) {

    public Program {
      words = List.copyOf(words);
      shell = List.copyOf(shell);
    }

    /// These words and nothing else.
    public static Program of(List<String> words) {
      return new Program(words, List.of());
    }

    /// A command line: without a shell where none is needed. Postfix counterpart: exec_command.c.
    ///
    /// @param shell local_command_shell, which gets every command; empty for /bin/sh
    public static Program ofLine(List<String> shell, String line) {
      List<String> words = new ArrayList<>(shell.isEmpty() ? List.of("sh", "-c") : shell);
      words.add(line);
      return new Program(shell.isEmpty() ? plainWords(line) : List.of(), words);
    }

    /// The words of a command that needs no shell; empty when it does.
    private static List<String> plainWords(String line) {
      for (int i = 0; i < line.length(); i++) {
        if (PLAIN.indexOf(line.charAt(i)) < 0) {
          return List.of();
        }
      }
      return List.of(line.split("[ \t]+", -1)).stream().filter(word -> !word.isEmpty()).toList();
    }
  }
}
