package org.jmail.command.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.lmdb.LmdbFile;
import org.jmail.base.lmdb.NotLmdbException;

/// Finds tables of the configuration whose file is missing, or whose index is broken or older than
/// its source, and says which command mends it.
final class TableCheck {

  private static final Pattern TABLE =
      Pattern.compile(
          "(?<![^\\s,])(?:proxy:)?(lmdb|hash|btree|texthash|regexp|pcre|cidr):(/[^\\s,]+)");
  private static final Set<String> INDEXED = Set.of("lmdb", "hash", "btree");
  private static final List<String> OF_ALIASES = List.of("alias_maps", "alias_database");

  private final Config config;
  private final List<String> complaints = new ArrayList<>();
  private final Set<Path> checked = new HashSet<>();

  TableCheck(Config config) {
    this.config = config;
  }

  /// What is wrong with the tables that these parameters and those of aliases name.
  List<String> complaints(List<String> parameters) throws BadValueException {
    Set<String> all = new LinkedHashSet<>(OF_ALIASES);
    all.addAll(parameters);
    for (String parameter : all) {
      Matcher table = TABLE.matcher(config.lookup(parameter).orElse(""));
      while (table.find()) {
        Path source = Path.of(table.group(2));
        if (checked.add(source)) {
          check(parameter, table.group(1), source);
        }
      }
    }
    return complaints;
  }

  private void check(String parameter, String type, Path source) {
    if (!INDEXED.contains(type)) {
      if (!Files.isReadable(source)) {
        complaints.add(parameter + ": cannot read " + source + ": create it");
      }
      return;
    }
    Path index = source.resolveSibling(source.getFileName() + ".lmdb");
    String mend = OF_ALIASES.contains(parameter) ? "newaliases" : "postmap " + type + ":" + source;
    boolean hasSource = Files.exists(source);
    if (!Files.exists(index)) {
      complaints.add(
          parameter
              + ": no index "
              + index
              + (hasSource ? ": run " : ": create " + source + " and run ")
              + mend);
      return;
    }
    Optional<String> broken = broken(index);
    if (broken.isPresent()) {
      complaints.add(parameter + ": " + broken.get() + ": remove " + index + " and run " + mend);
    } else if (hasSource && isOlder(index, source).orElse(false)) {
      complaints.add(parameter + ": " + index + " is older than its source: run " + mend);
    }
  }

  /// As much as a first lookup sees.
  private static Optional<String> broken(Path index) {
    try (LmdbFile file = LmdbFile.open(index)) {
      file.next(new byte[0]);
      return Optional.empty();
    } catch (NotLmdbException e) {
      return Optional.of("not an index: " + e.getMessage());
    } catch (IOException e) {
      return Optional.empty(); // perhaps only not for this user
    }
  }

  private static Optional<Boolean> isOlder(Path index, Path source) {
    try {
      return Optional.of(
          Files.getLastModifiedTime(index).compareTo(Files.getLastModifiedTime(source)) < 0);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
