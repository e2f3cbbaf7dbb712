package org.jmail.command.postmap;

import java.util.List;
import java.util.Optional;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.AddressTree.Address;
import org.jmail.base.address.Token;
import org.jmail.base.table.LogicalLines;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.Utf8;

/// Reads `name: value, value` as aliases(5) has it: both sides are address text, whose quotes and
/// comments are kept in the value (Postfix postalias.c).
final class AliasSource implements EntrySource {

  @Override
  public Optional<Entry> parse(LogicalLines.Line line, String source, TableContext context) {
    String where = source + ", line " + line.first() + ": ";
    if (context.utf8() && !Utf8.isValid(line.text())) {
      context
          .warning()
          .accept(where + "non-UTF-8 input \"" + line.text() + "\" -- ignoring this line");
      return Optional.empty();
    }
    List<Token> tokens = AddressParser.scan(line.text());
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    int colon = indexOf(tokens, ':', tokens.size());
    if (colon < 1 || colon + 1 == tokens.size() || indexOf(tokens, ',', colon) >= 0) {
      context.warning().accept(where + "need name:value pair");
      return Optional.empty();
    }
    if (indexOf(tokens, '@', colon) >= 0 || indexOf(tokens, '%', colon) >= 0) {
      context.warning().accept(where + "name must be local and have no domain");
      return Optional.empty();
    }
    return Optional.of(
        new Entry(text(tokens.subList(0, colon)), text(tokens.subList(colon + 1, tokens.size()))));
  }

  private static int indexOf(List<Token> tokens, char operator, int end) {
    for (int i = 0; i < end; i++) {
      if (tokens.get(i).is(operator)) {
        return i;
      }
    }
    return -1;
  }

  private static String text(List<Token> tokens) {
    return new Address(tokens, false).external();
  }
}
