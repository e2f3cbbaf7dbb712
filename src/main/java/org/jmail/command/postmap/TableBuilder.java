package org.jmail.command.postmap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.Stat;
import org.jmail.base.table.IndexWriter;
import org.jmail.base.table.LogicalLines;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableContext.Duplicates;
import org.jmail.base.table.TableException;
import org.jmail.base.table.Tables;

/// Makes tables of their sources, and changes entries in them (no option, -i, -d).
final class TableBuilder {

  private static final int BATCH = 1000;

  private final Options options;
  private final TableContext context;
  private final EntrySource entries;
  private final boolean signature;

  /// @param signature whether the entry `@: @`, which says that the table is complete, is added at
  ///   the end, as Sendmail wants it
  TableBuilder(Options options, TableContext context, EntrySource entries, boolean signature) {
    this.options = options;
    this.context = context;
    this.entries = entries;
    this.signature = signature;
  }

  /// Replaces all entries of a table by those of its source file.
  void rebuild(String table) throws FatalException, TableException {
    String type = type(table);
    String name = name(table);
    if (type.equals("proxy")) {
      throw new FatalException("can't create maps via the proxy service");
    }
    try {
      Files.newInputStream(Path.of(name)).close();
      requireMakeable(type, name, "no 'map create' support for this type: " + type);
      Stat source = Stat.of(Path.of(name));
      try (OwnerRights rights = OwnerRights.take(options, name, name, source, context.warning())) {
        rights.keep();
        IndexWriter.rebuild(type, name, context, writer -> fill(writer, name));
      }
    } catch (PosixException e) {
      throw new FatalException(Objects.toString(e.getMessage()), e);
    } catch (IOException e) {
      throw new FatalException("open " + name + ": " + Reasons.of(e), e);
    }
  }

  private void fill(IndexWriter writer, String name) throws IOException, TableException {
    Consumer<String> warning = writer.isRepetition() ? text -> {} : context.warning();
    TableContext quiet = context.withWarning(warning);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(name)))) {
      LogicalLines lines = new LogicalLines(in, name, warning);
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        var entry = entries.parse(line.get(), name, quiet);
        if (entry.isPresent()) {
          writer.put(entry.get().key(), entry.get().value());
        }
      }
    }
    if (signature) {
      writer.put("@", "@");
    }
  }

  /// Adds the entries on standard input. They are stored as they come, many at a time when there
  /// are many.
  void update(String table, InputStream in) throws FatalException, TableException {
    String type = type(table);
    String name = name(table);
    requireMakeable(type, name, type + ":" + name + " map requires O_RDONLY access mode");
    try {
      Stat source = Stat.of("/proc/self/fd/0");
      try (OwnerRights rights =
          OwnerRights.take(options, name, "stdin", source, context.warning())) {
        rights.keep();
        copy(type, name, in);
      }
    } catch (PosixException e) {
      throw new FatalException("fstat stdin: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new FatalException("read stdin: " + Reasons.of(e), e);
    }
  }

  private void copy(String type, String name, InputStream in) throws IOException, TableException {
    LogicalLines lines = new LogicalLines(in, "stdin", context.warning());
    List<EntrySource.Entry> batch = new ArrayList<>();
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      entries.parse(line.get(), "stdin", context).ifPresent(batch::add);
      if (batch.size() == BATCH || in.available() == 0) {
        store(type, name, batch, context);
        batch.clear();
      }
    }
    store(type, name, batch, context);
    if (signature) {
      store(
          type,
          name,
          List.of(new EntrySource.Entry("@", "@")),
          context.withDuplicates(Duplicates.REPLACE));
    }
  }

  private static void store(
      String type, String name, List<EntrySource.Entry> batch, TableContext context)
      throws TableException {
    IndexWriter.update(
        type,
        name,
        context,
        writer -> {
          for (EntrySource.Entry entry : batch) {
            writer.put(entry.key(), entry.value());
          }
        });
  }

  /// Removes keys from a table; whether one was there.
  boolean delete(String table, List<String> keys) throws FatalException, TableException {
    String type = type(table);
    String name = name(table);
    if (type.equals("fail")) {
      throw new FatalException("table fail:" + name + ": delete error: Application error");
    }
    if (!Tables.isIndexed(type)) {
      throw new FatalException(
          Tables.types().contains(type)
              ? type + ":" + name + " map requires O_RDONLY access mode"
              : "unsupported dictionary type: " + type);
    }
    boolean[] found = {false};
    if (Files.notExists(Path.of(name + ".lmdb"))) {
      throw new FatalException("open database " + name + ".lmdb: No such file or directory");
    }
    IndexWriter.update(
        type,
        name,
        context,
        writer -> {
          found[0] = false;
          for (String key : keys) {
            found[0] |= writer.delete(key);
          }
        });
    return found[0];
  }

  private static void requireMakeable(String type, String name, String otherwise)
      throws FatalException {
    if (type.equals("fail")) {
      throw new FatalException("table fail:" + name + ": write error: Application error");
    }
    if (!Tables.types().contains(type)) {
      throw new FatalException("unsupported map type: " + type);
    }
    if (!Tables.isIndexed(type)) {
      throw new FatalException(otherwise);
    }
  }

  private String type(String table) {
    int colon = table.indexOf(':');
    return colon < 0 ? context.defaultType() : table.substring(0, colon);
  }

  private static String name(String table) {
    return table.substring(table.indexOf(':') + 1);
  }
}
