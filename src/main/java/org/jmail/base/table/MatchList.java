package org.jmail.base.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.config.BadValueException;

/// A list of patterns such as mydestination or mynetworks: literals, `/file` with more patterns,
/// `type:table`, and `!` before what shall not match. The first pattern that matches decides
/// (Postfix match_list.c, match_ops.c, string_list.c, domain_list.c, addr_match_list.c,
/// namadr_list.c). Safe for many threads.
public final class MatchList implements AutoCloseable {

  /// One entry; `negated` when an odd number of `!` stood before it.
  private record Pattern(boolean negated, MatchPattern match) {}

  private final String title;
  private final boolean parentDomains;
  private final TableContext context;
  private final List<Pattern> patterns = new ArrayList<>();

  private MatchList(String title, boolean parentDomains, TableContext context) {
    this.title = title;
    this.parentDomains = parentDomains;
    this.context = context.withFold(false);
  }

  /// Reads a list.
  ///
  /// @param title the parameter's name, for messages
  /// @param parentDomains whether `example.com` also matches its subdomains
  ///   (parent_domain_matches_subdomains names the title)
  /// @throws BadValueException when a `!` has no pattern behind it
  public static MatchList parse(
      String title, String patterns, boolean parentDomains, TableContext context)
      throws BadValueException {
    MatchList list = new MatchList(title, parentDomains, context);
    list.add(patterns, false);
    return list;
  }

  /// Whether a string is in the list, case aside (string_list_match).
  public boolean matchesString(String text) throws TableException {
    String folded = Utf8.fold(text);
    return decide(pattern -> pattern.matchesString(folded));
  }

  /// Whether a domain is in the list, or below one that is (domain_list_match).
  public boolean matchesDomain(String domain) throws TableException {
    String folded = Utf8.fold(domain);
    return decide(pattern -> pattern.matchesHostName(folded, parentDomains));
  }

  /// Whether an address in text form is in the list, or in a network that is
  /// (addr_match_list_match).
  public boolean matchesAddress(String address) throws TableException {
    String folded = Utf8.fold(address);
    return decide(pattern -> pattern.matchesAddress(folded));
  }

  /// Whether a host's name or its address is in the list (namadr_list_match).
  public boolean matchesHost(String name, String address) throws TableException {
    String foldedName = Utf8.fold(name);
    String foldedAddress = Utf8.fold(address);
    return decide(pattern ->
        pattern.matchesHostName(foldedName, parentDomains)
            || pattern.matchesAddress(foldedAddress));
  }

  /// Whether there is no pattern.
  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  private interface Question {
    boolean ask(MatchPattern pattern) throws TableException;
  }

  private boolean decide(Question question) throws TableException {
    try {
      for (Pattern pattern : patterns) {
        if (question.ask(pattern.match)) {
          return !pattern.negated;
        }
      }
      return false;
    } catch (TableException e) {
      throw new TableException(title + ": " + e.getMessage(), e);
    }
  }

  private void add(String text, boolean negated) throws BadValueException {
    for (String word : Braces.words(text)) {
      if (word.startsWith("#")) {
        context
            .warning()
            .accept(title + ": #comment after other text is not allowed: " + word + " ...");
        return;
      }
      int start = 0;
      while (start < word.length() && word.charAt(start) == '!') {
        start++;
      }
      String item = word.substring(start);
      if (item.isEmpty()) {
        throw new BadValueException(title + ": no pattern after '!'");
      }
      boolean not = negated ^ start % 2 == 1;
      if (item.startsWith("/")) {
        addFile(item, not);
      } else if (!item.startsWith("[") && item.indexOf(':') >= 0) {
        patterns.add(new Pattern(not, new MatchPattern.Table(new LateTable(item, context))));
      } else {
        patterns.add(new Pattern(not, new MatchPattern.Literal(Utf8.fold(item))));
      }
    }
  }

  /// A file that cannot be read fails the lookups that reach it, as a table would.
  private void addFile(String name, boolean negated) throws BadValueException {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      LogicalLines lines = new LogicalLines(in, name, context.warning());
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        add(line.get().text(), negated);
      }
    } catch (IOException e) {
      String why = "open file " + name + ": " + FileErrors.text(e);
      context.warning().accept(title + ": " + why);
      patterns.add(new Pattern(negated, new MatchPattern.Missing(why)));
    }
  }

  @Override
  public void close() {
    for (Pattern pattern : patterns) {
      if (pattern.match instanceof MatchPattern.Table(LookupTable table)) {
        table.close();
      }
    }
  }
}
