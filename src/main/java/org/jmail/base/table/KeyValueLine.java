package org.jmail.base.table;

import java.util.Optional;
import java.util.function.Consumer;

/// One line `key whitespace value` of a table's source (postmap.c, dict_thash.c). The key may be in
/// double quotes, within which white space belongs to it; it stays quoted.
public record KeyValueLine(String key, String value) {

  /// Reads a logical line; empty, after a warning, when it holds no entry.
  ///
  /// @param source the file's name, for warnings
  public static Optional<KeyValueLine> parse(
      LogicalLines.Line line, String source, TableContext context, String ignoring) {
    String where = source + ", line " + line.first() + ": ";
    Consumer<String> warning = context.warning();
    String text = line.text();
    if (context.utf8() && !Utf8.isValid(text)) {
      warning.accept(where + "non-UTF-8 input \"" + text + "\" -- ignoring this line");
      return Optional.empty();
    }
    int end = keyEnd(text);
    if (end < 0) {
      warning.accept(where + "unbalanced '\"' in '" + text + "' -- ignoring this line");
      return Optional.empty();
    }
    String key = text.substring(0, end);
    String value = Ascii.trim(text.substring(end));
    if (key.isEmpty() || value.isEmpty()) {
      warning.accept(where + "expected format: key whitespace value" + ignoring);
      return Optional.empty();
    }
    if (key.endsWith(":")) {
      warning.accept(where + "record is in \"key: value\" format; is this an alias file?");
    }
    if (context.fileValues()) {
      try {
        value = FileValues.encode(value);
      } catch (TableException e) {
        warning.accept(where + e.getMessage() + ": skipping this entry");
        return Optional.empty();
      }
    }
    return Optional.of(new KeyValueLine(key, value));
  }

  /// The first white space outside quotes; -1 when a quote is not closed.
  private static int keyEnd(String text) {
    boolean inQuotes = false;
    int i = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        inQuotes = !inQuotes;
      } else if (Ascii.isSpace(c) && !inQuotes) {
        break;
      }
    }
    return inQuotes ? -1 : Math.min(i, text.length());
  }
}
