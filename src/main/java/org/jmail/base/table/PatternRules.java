package org.jmail.base.table;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import org.jmail.base.config.BadValueException;
import org.jspecify.annotations.Nullable;

/// The rules of a regexp or pcre table: `/pattern/flags result`, `if /pattern/` … `endif`, `!`
/// before a pattern, and in regexp tables `/pattern/!/other/` (Postfix dict_regexp.c, dict_pcre.c).
final class PatternRules {

  private enum Action {
    MATCH,
    IF,
    ENDIF
  }

  private record Condition(Expression expression, boolean positive) {}

  private record Rule(
      Action action,
      int line,
      @Nullable Condition first,
      @Nullable Condition second,
      @Nullable Replacement result) {}

  private final String type;
  private final String name;
  private final List<Rule> rules = new ArrayList<>();

  /// Where the ENDIF of each IF is; one without ends with the table.
  private final Map<Integer, Integer> endOf = new HashMap<>();

  private PatternRules(String type, String name) {
    this.type = type;
    this.name = name;
  }

  static PatternRules read(String type, String name, LogicalLines lines, TableContext context)
      throws IOException {
    PatternRules rules = new PatternRules(type, name);
    new Reader(rules, context).read(lines);
    return rules;
  }

  /// The result of the first rule that matches.
  Optional<String> lookup(String key) throws TableException {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      try {
        if (rule.action == Action.MATCH) {
          Optional<String> result = result(rule, key);
          if (result.isPresent()) {
            return result;
          }
        } else if (rule.action == Action.IF && !holds(rule.first, key)) {
          i = endOf.getOrDefault(i, rules.size());
        }
      } catch (TableException e) {
        throw new TableException(where(type, name, rule.line) + e.getMessage(), e);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> result(Rule rule, String key) throws TableException {
    Replacement result = rule.result;
    if (rule.first == null || result == null) {
      return Optional.empty();
    }
    if (result.highestGroup() == 0) {
      return holds(rule.first, key) && holds(rule.second, key)
          ? Optional.of(result.literal())
          : Optional.empty();
    }
    Optional<MatchResult> match = rule.first.expression.find(key);
    return match.isPresent() && holds(rule.second, key)
        ? Optional.of(result.expand(match.get(), key))
        : Optional.empty();
  }

  private static boolean holds(@Nullable Condition condition, String key) throws TableException {
    return condition == null || condition.expression.isIn(key) == condition.positive;
  }

  private static String where(String type, String name, int line) {
    return type + " map " + name + ", line " + line + ": ";
  }

  /// Reads the lines of one table; a line that is wrong is skipped with a warning.
  private static final class Reader {
    private final PatternRules rules;
    private final TableContext context;
    private final boolean pcre;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int number;
    private String line = "";
    private int at;

    Reader(PatternRules rules, TableContext context) {
      this.rules = rules;
      this.context = context;
      this.pcre = rules.type.equals("pcre");
    }

    void read(LogicalLines lines) throws IOException {
      for (var next = lines.next(); next.isPresent(); next = lines.next()) {
        line = Ascii.trim(next.get().text());
        number = next.get().first();
        at = 0;
        try {
          rule();
        } catch (BadValueException | TableException e) {
          warn(Objects.toString(e.getMessage()));
        }
      }
      for (int start : open) {
        number = rules.rules.get(start).line;
        warn("IF has no matching ENDIF");
      }
    }

    private void rule() throws BadValueException, TableException {
      if (line.isEmpty()) {
        return;
      }
      if (!Ascii.isAlphanumeric(line.charAt(0))) {
        rules.rules.add(match());
      } else if (Ascii.isWordAt(line, 0, "if")) {
        at = 2;
        Condition condition = condition();
        extraText("IF statement: \"" + rest() + "\"");
        open.push(rules.rules.size());
        rules.rules.add(new Rule(Action.IF, number, condition, null, null));
      } else if (Ascii.isWordAt(line, 0, "endif")) {
        at = 5;
        if (open.isEmpty()) {
          throw new BadValueException("ignoring ENDIF without matching IF");
        }
        extraText("ENDIF");
        rules.endOf.put(open.pop(), rules.rules.size());
        rules.rules.add(new Rule(Action.ENDIF, number, null, null, null));
      } else {
        throw new BadValueException("ignoring unrecognized request");
      }
    }

    private void extraText(String after) {
      if (!rest().isEmpty()) {
        warn("ignoring extra text after " + after);
        if (!after.equals("ENDIF")) {
          warn("do not prepend whitespace to statements between IF and ENDIF");
        }
      }
    }

    private String rest() {
      return line.substring(Ascii.skipSpace(line, at));
    }

    private Rule match() throws BadValueException, TableException {
      Condition first = condition();
      Condition second = !pcre && line.startsWith("!", at) ? condition() : null;
      String text = rest();
      if (text.isEmpty()) {
        warn("no replacement text: using empty string");
      }
      Replacement result = replacement(context.fileValues() ? fileValue(text) : text);
      int highest = result.highestGroup();
      if (highest > 0 && !first.positive) {
        throw new BadValueException(
            "$number found in negative match replacement text: skipping this rule");
      }
      if (highest > 0 && !context.substitution()) {
        throw new BadValueException(
            "regular expression substitution is not allowed: skipping this rule");
      }
      if (highest > first.expression.groups()) {
        throw new BadValueException(
            "out of range replacement index \"" + highest + "\": skipping this rule");
      }
      return new Rule(Action.MATCH, number, first, second, result);
    }

    private static String fileValue(String names) throws BadValueException {
      try {
        return FileValues.encode(names);
      } catch (TableException e) {
        throw new BadValueException(e.getMessage() + ": skipping this rule", e);
      }
    }

    private Replacement replacement(String text) throws BadValueException {
      try {
        return Replacement.parse(text);
      } catch (BadValueException e) {
        warn(Objects.toString(e.getMessage()));
        throw new BadValueException("bad replacement syntax: skipping this rule", e);
      }
    }

    /// `!/pattern/flags` at the current place.
    private Condition condition() throws BadValueException {
      boolean positive = true;
      while (at < line.length() && (line.charAt(at) == '!' || Ascii.isSpace(line.charAt(at)))) {
        positive ^= line.charAt(at++) == '!';
      }
      if (at == line.length()) {
        throw new BadValueException("no regexp: skipping this rule");
      }
      char delimiter = line.charAt(at++);
      int start = at;
      while (at < line.length() && line.charAt(at) != delimiter) {
        at += line.charAt(at) == '\\' ? 2 : 1;
      }
      if (at >= line.length()) {
        throw new BadValueException(
            "no closing regexp delimiter \""
                + delimiter
                + "\": "
                + (pcre ? "ignoring" : "skipping")
                + " this rule");
      }
      String pattern = line.substring(start, at++);
      int flags = at;
      while (at < line.length()
          && !Ascii.isSpace(line.charAt(at))
          && (pcre || line.charAt(at) != '!')) {
        at++;
      }
      IntFunction<BadValueException> unknown =
          c ->
              new BadValueException(
                  "unknown regexp option \"" + (char) c + "\": skipping this rule");
      String letters = line.substring(flags, at);
      return new Condition(
          pcre
              ? PcreSyntax.compile(pattern, letters, unknown)
              : PosixSyntax.compile(pattern, letters, unknown),
          positive);
    }

    private void warn(String what) {
      context.warning().accept(where(rules.type, rules.name, number) + what);
    }
  }
}
