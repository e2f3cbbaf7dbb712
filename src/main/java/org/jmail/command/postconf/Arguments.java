package org.jmail.command.postconf;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;

/// A command line of postconf taken apart.
///
/// @param directory after `-c`
/// @param classes after `-C`; all when not given
/// @param overrides after `-o`
/// @param tlsMode after `-T`, else empty
/// @param quiet `-q`: no warnings about unused and deprecated parameters
/// @param names what follows the options
record Arguments(
    Set<Option> options,
    Optional<String> directory,
    Set<Origin> classes,
    List<String> overrides,
    String tlsMode,
    boolean quiet,
    List<String> names) {
  private static final String WITH_VALUE = "cCoT";
  private static final String USAGE =
      "usage: postconf [-a (server SASL types)] [-A (client SASL types)] [-b (bounce templates)]"
          + " [-c config_dir] [-C param_class] [-d (parameter defaults)] [-e (edit configuration)]"
          + " [-f (fold lines)] [-F (master.cf fields)] [-h (no names)] [-H (no values)]"
          + " [-j (streaming JSON)] [-l (lock types)] [-m (map types)] [-M (master.cf)]"
          + " [-n (non-default parameters)] [-o name=value (override parameter value)]"
          + " [-p (main.cf, default)] [-P (master.cf parameters)] [-q (quiet)]"
          + " [-t (bounce templates)] [-T compile-version|run-version|public-key-algorithms]"
          + " [-v (verbose)] [-x (expand parameter values)] [-X (exclude)] [-# (comment-out)]"
          + " [name...]";

  /// Takes a command line apart as getopt(3) does.
  ///
  /// @throws BadValueException the usage, or options that do not go together
  static Arguments parse(List<String> words) throws BadValueException {
    Parser parser = new Parser();
    int next = parser.options(words);
    List<String> names = words.subList(next, words.size());
    Set<Option> options = parser.options;
    if (Option.MODES.stream().noneMatch(options::contains)) {
      options.add(Option.MAIN);
    }
    boolean aboutFiles = Option.FILES.stream().anyMatch(options::contains);
    if (aboutFiles && !names.isEmpty() && names.getFirst().indexOf('=') >= 0) {
      options.add(Option.EDIT);
    }
    String conflict = Option.conflict(options);
    if (!conflict.isEmpty()) {
      throw new BadValueException(conflict);
    }
    if (options.contains(Option.EDIT) && names.isEmpty()) {
      throw new BadValueException("-e requires name=value argument");
    }
    return new Arguments(
        options,
        parser.directory,
        parser.classes,
        parser.overrides,
        parser.tlsMode,
        parser.quiet,
        names);
  }

  boolean has(Option option) {
    return options.contains(option);
  }

  boolean hasAny(Set<Option> some) {
    return some.stream().anyMatch(options::contains);
  }

  private static final class Parser {
    final Set<Option> options = EnumSet.noneOf(Option.class);
    final List<String> overrides = new ArrayList<>();
    Optional<String> directory = Optional.empty();
    Set<Origin> classes = EnumSet.of(Origin.BUILTIN, Origin.SERVICE, Origin.USER);
    String tlsMode = "";
    boolean quiet;

    /// Reads the options; gives the position of the first word after them.
    int options(List<String> words) throws BadValueException {
      int i = 0;
      while (i < words.size()) {
        String word = words.get(i);
        if (word.length() < 2 || word.charAt(0) != '-') {
          return i;
        }
        i++;
        if (word.equals("--")) {
          return i;
        }
        for (int c = 1; c < word.length(); c++) {
          char letter = word.charAt(c);
          if (WITH_VALUE.indexOf(letter) < 0) {
            flag(letter);
            continue;
          }
          boolean here = c + 1 < word.length();
          if (!here && i == words.size()) {
            throw new BadValueException(USAGE);
          }
          value(letter, here ? word.substring(c + 1) : words.get(i++));
          break;
        }
      }
      return i;
    }

    private void flag(char letter) throws BadValueException {
      switch (letter) {
        case 'a' -> options.add(Option.SHOW_SASL_SERVER);
        case 'A' -> options.add(Option.SHOW_SASL_CLIENT);
        case 'b' -> template(Option.EXPAND_TEMPLATES);
        case 'd' -> options.add(Option.DEFAULTS);
        case 'e' -> options.add(Option.EDIT);
        case 'E', 'v' -> {} // -E means nothing to Postfix either; -v shows nothing more here
        case 'f' -> options.add(Option.FOLD);
        case 'F' -> options.add(Option.MASTER_FIELDS);
        case 'h' -> options.add(Option.HIDE_NAME);
        case 'H' -> options.add(Option.HIDE_VALUE);
        case 'j' -> options.add(Option.JSON);
        case 'l' -> options.add(Option.SHOW_LOCKS);
        case 'm' -> options.add(Option.SHOW_MAPS);
        case 'M' -> options.add(Option.MASTER_ENTRIES);
        case 'n' -> options.add(Option.NON_DEFAULT);
        case 'p' -> options.add(Option.MAIN);
        case 'P' ->
            options.add(
                options.contains(Option.MASTER_PARAMETERS)
                    ? Option.MERGED_PARAMETERS
                    : Option.MASTER_PARAMETERS);
        case 'q' -> quiet = true;
        case 't' -> template(Option.DUMP_TEMPLATES);
        case 'x' -> options.add(Option.EXPAND);
        case 'X' -> options.add(Option.DELETE);
        case '#' -> options.add(Option.COMMENT_OUT);
        default -> throw new BadValueException(USAGE);
      }
    }

    private void template(Option option) throws BadValueException {
      if (options.contains(Option.EXPAND_TEMPLATES) || options.contains(Option.DUMP_TEMPLATES)) {
        throw new BadValueException("specify one of -b and -t");
      }
      options.add(option);
    }

    private void value(char letter, String value) throws BadValueException {
      switch (letter) {
        case 'c' -> directory = Optional.of(value);
        case 'C' -> {
          options.add(Option.CLASS);
          classes = classes(value);
        }
        case 'o' -> {
          options.add(Option.OVERRIDE);
          overrides.add(value);
        }
        default -> {
          if (!options.add(Option.SHOW_TLS)) {
            throw new BadValueException("At most one -T <mode> option may be specified");
          }
          tlsMode = value;
        }
      }
    }

    private static Set<Origin> classes(String text) throws BadValueException {
      Set<Origin> classes = EnumSet.noneOf(Origin.class);
      for (String word : text.split("[, \t\r\n|]+", -1)) {
        switch (word.toLowerCase(Locale.ROOT)) {
          case "builtin" -> classes.add(Origin.BUILTIN);
          case "service" -> classes.add(Origin.SERVICE);
          case "user" -> classes.add(Origin.USER);
          case "all" -> classes.addAll(EnumSet.of(Origin.BUILTIN, Origin.SERVICE, Origin.USER));
          case "" -> {}
          default ->
              throw new BadValueException(
                  "unknown -C option value \"" + word + "\" in \"" + text + "\"");
        }
      }
      return classes;
    }
  }
}
