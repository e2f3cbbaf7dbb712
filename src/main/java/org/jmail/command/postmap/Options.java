package org.jmail.command.postmap;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableContext.Duplicates;
import org.jmail.base.table.TableContext.Terminator;

/// The options of postmap and postalias.
///
/// @param key of -d or -q
/// @param tables the words after the options
record Options(
    Mode mode,
    String key,
    Optional<String> configDirectory,
    boolean asOwner,
    boolean keepMode,
    boolean fold,
    boolean utf8,
    boolean forceUtf8,
    boolean fileValues,
    boolean json,
    Terminator terminator,
    Duplicates duplicates,
    Set<Part> parts,
    List<String> tables) {

  /// What is to be done.
  enum Mode {
    REBUILD,
    UPDATE,
    DELETE,
    QUERY,
    LIST
  }

  /// Of a message on standard input, what to look up (-b, -h, -m).
  enum Part {
    BODY,
    HEADER,
    MIME
  }

  /// Reads a command line as getopt(3) does.
  ///
  /// @param letters the options known; a `:` follows those that have a value
  /// @throws FatalException for an option that is unknown or contradicts another
  static Options parse(List<String> words, String letters, String usage) throws FatalException {
    return new Parser(words, letters, usage).parse();
  }

  /// What these options say about tables, over what main.cf says.
  TableContext apply(TableContext context) {
    boolean messageOnly = parts.contains(Part.BODY) || parts.contains(Part.HEADER);
    return context
        .withFold(fold)
        .withUtf8(context.utf8() && utf8 && (!messageOnly || forceUtf8))
        .withFileValues(fileValues)
        .withTerminator(terminator)
        .withDuplicates(duplicates);
  }

  private static final class Parser {
    private final List<String> words;
    private final String letters;
    private final String usage;
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private Mode mode = Mode.REBUILD;
    private String key = "";
    private Optional<String> configDirectory = Optional.empty();
    private boolean asOwner = true;
    private boolean keepMode = true;
    private boolean fold = true;
    private boolean utf8 = true;
    private boolean forceUtf8;
    private boolean fileValues;
    private boolean json;
    private Terminator terminator = Terminator.EITHER;
    private Duplicates duplicates = Duplicates.WARN;

    Parser(List<String> words, String letters, String usage) {
      this.words = words;
      this.letters = letters;
      this.usage = usage;
    }

    Options parse() throws FatalException {
      int word = 0;
      while (word < words.size()) {
        String text = words.get(word);
        if (text.length() < 2 || text.charAt(0) != '-') {
          break;
        }
        word++;
        if (text.equals("--")) {
          break;
        }
        for (int i = 1; i < text.length(); i++) {
          int known = text.charAt(i) == ':' ? -1 : letters.indexOf(text.charAt(i));
          if (known < 0) {
            throw new UsageException("invalid option", text.charAt(i), usage);
          }
          if (!letters.startsWith(":", known + 1)) {
            option(text.charAt(i), "");
            continue;
          }
          if (i + 1 == text.length() && word == words.size()) {
            throw new UsageException("option requires an argument", text.charAt(i), usage);
          }
          option(text.charAt(i), i + 1 < text.length() ? text.substring(i + 1) : words.get(word++));
          break;
        }
      }
      if (json && mode != Mode.QUERY && mode != Mode.LIST) {
        throw new FatalException("option -j requires -q or -s");
      }
      if (!parts.isEmpty() && !(mode == Mode.QUERY && key.equals("-"))) {
        throw new FatalException("specify -b -h or -m only with \"-q -\"");
      }
      List<String> tables = List.copyOf(words.subList(word, words.size()));
      if (tables.isEmpty() && mode != Mode.LIST) {
        throw new FatalException(usage);
      }
      return new Options(
          mode,
          key,
          configDirectory,
          asOwner,
          keepMode,
          fold,
          utf8,
          forceUtf8,
          fileValues,
          json,
          terminator,
          duplicates,
          Set.copyOf(parts),
          tables);
    }

    private void option(char letter, String value) throws FatalException {
      switch (letter) {
        case 'N' -> terminator = Terminator.NUL;
        case 'n' -> terminator = Terminator.NONE;
        case 'b' -> parts.add(Part.BODY);
        case 'h' -> parts.add(Part.HEADER);
        case 'm' -> parts.add(Part.MIME);
        case 'c' -> configDirectory = Optional.of(value);
        case 'd' -> mode(Mode.DELETE, value);
        case 'i' -> mode(Mode.UPDATE, "");
        case 'q' -> mode(Mode.QUERY, value);
        case 's' -> mode(Mode.LIST, "");
        case 'f' -> fold = false;
        case 'F' -> fileValues = true;
        case 'j' -> json = true;
        case 'o' -> asOwner = false;
        case 'p' -> keepMode = false;
        case 'r' -> duplicates = Duplicates.REPLACE;
        case 'w' -> duplicates = Duplicates.IGNORE;
        case 'u' -> utf8 = false;
        case 'U' -> forceUtf8 = true;
        default -> {} // -v: there is nothing more to tell
      }
    }

    private void mode(Mode wanted, String value) throws FatalException {
      if (mode != Mode.REBUILD) {
        throw new FatalException("specify only one of -d -i -q or -s");
      }
      mode = wanted;
      key = value;
    }
  }
}
