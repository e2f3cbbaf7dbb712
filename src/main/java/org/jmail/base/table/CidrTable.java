package org.jmail.base.table;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;

/// `cidr:/file`: networks and what they mean, the first match counts; `if network` … `endif` and
/// `!` as in cidr_table(5) (Postfix dict_cidr.c).
final class CidrTable implements LookupTable {

  private enum Action {
    MATCH,
    IF,
    ENDIF
  }

  /// One rule. `value` is of a MATCH only, `network` of all but ENDIF.
  private record Rule(
      Action action, int line, boolean positive, NetworkPattern network, String value) {}

  /// The rules, and where the ENDIF of each IF is; one without ends with the table.
  private record Rules(List<Rule> list, Map<Integer, Integer> endOf) {}

  private static final NetworkPattern NONE = new NetworkPattern(new byte[0], 0);

  private final String text;
  private final TableContext context;
  private final TextSource<Rules> rules;

  CidrTable(String text, TableContext context) throws TableException {
    this.text = text;
    this.context = context;
    this.rules = TextSource.open("cidr", text, context, this::read);
  }

  @Override
  public String name() {
    return "cidr:" + text;
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    Rules now = rules.current();
    Optional<byte[]> address = NetworkPattern.address(key);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < now.list.size(); i++) {
      Rule rule = now.list.get(i);
      boolean applies =
          rule.network.isSameFamily(address.get())
              && rule.network.contains(address.get()) == rule.positive;
      if (rule.action == Action.MATCH && applies) {
        return Optional.of(rule.value);
      }
      if (rule.action == Action.IF && !applies) {
        i = now.endOf.getOrDefault(i, now.list.size());
      }
    }
    return Optional.empty();
  }

  private Rules read(LogicalLines lines) throws IOException {
    List<Rule> list = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    Map<Integer, Integer> endOf = new HashMap<>();
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      int number = line.get().first();
      try {
        Rule rule = rule(line.get().text(), number, !open.isEmpty());
        if (rule.action == Action.IF) {
          open.push(list.size());
        } else if (rule.action == Action.ENDIF) {
          endOf.put(open.pop(), list.size());
        }
        list.add(rule);
      } catch (BadValueException | TableException e) {
        warn(number, e.getMessage() + ": skipping this rule");
      }
    }
    for (int start : open) {
      warn(list.get(start).line, "IF has no matching ENDIF");
    }
    return new Rules(List.copyOf(list), Map.copyOf(endOf));
  }

  private void warn(int line, String what) {
    context.warning().accept("cidr map " + text + ", line " + line + ": " + what);
  }

  private Rule rule(String line, int number, boolean nested)
      throws BadValueException, TableException {
    if (Ascii.isWordAt(line, 0, "if")) {
      int at = skipNegations(line, 2);
      if (at == line.length()) {
        throw new BadValueException("no address pattern");
      }
      NetworkPattern network = NetworkPattern.parse(Ascii.trim(line.substring(at)));
      return new Rule(Action.IF, number, isPositive(line, 2, at), network, "");
    }
    if (Ascii.isWordAt(line, 0, "endif")) {
      if (Ascii.skipSpace(line, 5) < line.length()) {
        throw new BadValueException("garbage after ENDIF");
      }
      if (!nested) {
        throw new BadValueException("ENDIF without IF");
      }
      return new Rule(Action.ENDIF, number, true, NONE, "");
    }
    int at = skipNegations(line, 0);
    int end = at;
    while (end < line.length() && !Ascii.isSpace(line.charAt(end))) {
      end++;
    }
    if (end == at) {
      throw new BadValueException("no address pattern");
    }
    NetworkPattern network = NetworkPattern.parse(line.substring(at, end));
    String value = Ascii.trim(line.substring(end));
    if (value.isEmpty()) {
      throw new BadValueException("no lookup result");
    }
    return new Rule(
        Action.MATCH,
        number,
        isPositive(line, 0, at),
        network,
        context.fileValues() ? FileValues.encode(value) : value);
  }

  private static int skipNegations(String line, int from) {
    int at = from;
    while (at < line.length() && (line.charAt(at) == '!' || Ascii.isSpace(line.charAt(at)))) {
      at++;
    }
    return at;
  }

  private static boolean isPositive(String line, int from, int to) {
    return line.substring(from, to).chars().filter(c -> c == '!').count() % 2 == 0;
  }

  @Override
  public TableOwner owner() throws TableException {
    return rules.owner();
  }

  @Override
  public boolean fixedKeys() {
    return false;
  }
}
