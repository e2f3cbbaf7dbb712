package org.jmail.base.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;

/// `inline:{key=value, {key = value with spaces}}` (Postfix dict_inline.c), and with no entries
/// `internal:name` (dict_ht.c). The last value of a key counts.
final class InlineTable implements LookupTable {

  private final String type;
  private final String text;
  private final Map<String, String> entries;

  private InlineTable(String type, String text, Map<String, String> entries) {
    this.type = type;
    this.text = text;
    this.entries = entries;
  }

  static InlineTable internal(String name) {
    return new InlineTable("internal", name, Map.of());
  }

  static InlineTable parse(String text, TableContext context) throws TableException {
    String need = context.fileValues() ? "name=filename" : "name=value";
    if (context.utf8() && !Utf8.isValid(text)) {
      throw new TableException(
          "bad UTF-8 syntax: \"inline:" + text + "\"; need \"inline:{name=value...}\"");
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (String word : Braces.list("inline", text, "name=value")) {
      try {
        String entry = word.startsWith("{") ? Ascii.trim(Braces.content(word)) : word;
        add(entry, entries, context);
      } catch (BadValueException e) {
        throw new TableException(
            e.getMessage() + ": \"inline:" + text + "\"; need \"inline:{" + need + "...}\"", e);
      }
    }
    return new InlineTable("inline", text, entries);
  }

  private static void add(String entry, Map<String, String> entries, TableContext context)
      throws BadValueException, TableException {
    int start = Ascii.skipSpace(entry, 0);
    if (start == entry.length()) {
      throw new BadValueException("no key found; expected format: key = value");
    }
    boolean inQuotes = false;
    int end = start;
    for (; end < entry.length(); end++) {
      char c = entry.charAt(end);
      if (c == '\\') {
        end++;
      } else if (c == '"') {
        inQuotes = !inQuotes;
      } else if ((Ascii.isSpace(c) || c == '=') && !inQuotes) {
        break;
      }
    }
    if (inQuotes) {
      throw new BadValueException("unbalanced '\"\'");
    }
    end = Math.min(end, entry.length());
    int equals = Ascii.skipSpace(entry, end);
    if (equals == entry.length() || entry.charAt(equals) != '=') {
      throw new BadValueException("missing '=' after attribute name");
    }
    String value = Ascii.trim(entry.substring(equals + 1));
    entries.put(
        fold(entry.substring(start, end), context),
        context.fileValues() ? FileValues.encode(value) : value);
  }

  /// How a key is stored where it will be looked up folded.
  static String fold(String key, TableContext context) {
    if (!context.fold()) {
      return key;
    }
    return context.utf8() ? Utf8.fold(key) : Ascii.lower(key);
  }

  @Override
  public String name() {
    return type + ":" + text;
  }

  @Override
  public Optional<String> lookup(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public void forEach(EntryConsumer consumer) throws TableException {
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      consumer.accept(entry.getKey(), entry.getValue());
    }
  }

  @Override
  public TableOwner owner() {
    return TableOwner.TRUSTED;
  }

  @Override
  public boolean fixedKeys() {
    return true;
  }
}
