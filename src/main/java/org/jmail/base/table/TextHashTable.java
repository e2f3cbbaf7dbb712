package org.jmail.base.table;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `texthash:/file`: the source of an indexed table, read into memory (Postfix dict_thash.c).
final class TextHashTable implements LookupTable {

  private final String path;
  private final TableContext context;
  private final FileSnapshot<Map<String, String>> entries;

  TextHashTable(String path, TableContext context) throws TableException {
    this.path = path;
    this.context = context;
    this.entries = new FileSnapshot<>(path, "open database " + path, context, this::read);
  }

  private Map<String, String> read(LogicalLines lines) throws IOException {
    Map<String, String> map = new HashMap<>();
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      Optional<KeyValueLine> entry =
          KeyValueLine.parse(line.get(), path, context, " -- ignoring this line");
      if (entry.isEmpty()) {
        continue;
      }
      String key = entry.get().key();
      String stored = InlineTable.fold(key, context);
      if (!map.containsKey(stored) || context.duplicates() == TableContext.Duplicates.REPLACE) {
        map.put(stored, entry.get().value());
      } else if (context.duplicates() == TableContext.Duplicates.WARN) {
        context
            .warning()
            .accept(path + ", line " + line.get().first() + ": duplicate entry: \"" + key + "\"");
      }
    }
    return map;
  }

  @Override
  public String name() {
    return "texthash:" + path;
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    return Optional.ofNullable(entries.current().get(key));
  }

  @Override
  public void forEach(EntryConsumer consumer) throws TableException {
    for (Map.Entry<String, String> entry : entries.current().entrySet()) {
      consumer.accept(entry.getKey(), entry.getValue());
    }
  }

  @Override
  public TableOwner owner() throws TableException {
    return entries.owner();
  }

  @Override
  public boolean fixedKeys() {
    return true;
  }
}
