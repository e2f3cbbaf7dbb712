package org.jmail.base.config;

import java.util.ArrayList;
import java.util.List;

/// A line of master.cf as words: the eight columns, then the options and arguments of the command
/// in one form: `-o` and `name=value` are two words, braces around words are gone. Postfix
/// counterpart: postconf_master.c (pcf_normalize_daemon_args), master_ent.c.
///
/// @param columns service, type, private, unprivileged, chroot, wakeup, process limit, command
/// @param arguments what follows the command
public record MasterEntry(List<String> columns, List<String> arguments) {
  /// How many columns a line has at least.
  public static final int COLUMNS = 8;

  public MasterEntry {
    columns = List.copyOf(columns);
    arguments = List.copyOf(arguments);
  }

  /// Takes a logical line apart.
  ///
  /// @param problems receives what is wrong with braces and `-o`; parsing goes on
  /// @throws BadValueException `bad field count`
  public static MasterEntry parse(String line, List<String> problems) throws BadValueException {
    List<String> words = Words.split(line, Words.SPACE);
    if (words.size() < COLUMNS) {
      throw new BadValueException("bad field count");
    }
    List<String> rest = new ArrayList<>(words.subList(COLUMNS, words.size()));
    int end = normalizeOptions(rest, problems);
    for (int i = end; i < rest.size(); i++) {
      rest.set(i, unbraced(rest.get(i), problems));
    }
    return new MasterEntry(words.subList(0, COLUMNS), rest);
  }

  /// Whether a word of [#arguments] ends the options.
  public static boolean endsOptions(String word) {
    return !word.startsWith("-") || word.equals("--");
  }

  /// Brings options into the form `-flags`, `-o`, `name=value`; gives the position after them.
  private static int normalizeOptions(List<String> words, List<String> problems) {
    int i = 0;
    while (i < words.size() && !endsOptions(words.get(i))) {
      String word = words.get(i);
      int option = word.indexOf('o', 1);
      if (option > 1) {
        words.set(i, word.substring(0, option));
        words.add(i + 1, "-" + word.substring(option));
        i++;
        continue;
      }
      if (option < 0) {
        i++;
        continue;
      }
      if (word.length() > 2) {
        words.set(i, "-o");
        words.add(i + 1, word.substring(2));
      }
      if (i + 1 < words.size() && words.get(i + 1).startsWith("{")) {
        words.set(i + 1, nameValue(unbraced(words.get(i + 1), problems), problems));
      }
      i += 2;
    }
    return Math.min(i, words.size());
  }

  private static String nameValue(String text, List<String> problems) {
    try {
      NameValue entry = NameValue.parse(text);
      return entry.name() + "=" + entry.value();
    } catch (BadValueException e) {
      problems.add(e.getMessage() + ": \"" + text + "\"");
      return text;
    }
  }

  private static String unbraced(String word, List<String> problems) {
    if (!word.startsWith("{")) {
      return word;
    }
    try {
      return Words.unbraced(word);
    } catch (BadValueException e) {
      problems.add(e.getMessage());
      return Words.leniently(word);
    }
  }
}
