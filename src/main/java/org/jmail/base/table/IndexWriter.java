package org.jmail.base.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jmail.base.lmdb.BadKeySizeException;
import org.jmail.base.lmdb.Cursor;
import org.jmail.base.lmdb.Database;
import org.jmail.base.lmdb.EnvironmentFlag;
import org.jmail.base.lmdb.LmdbEnvironment;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.LmdbOptions;
import org.jmail.base.lmdb.MapFullException;
import org.jmail.base.lmdb.NotLmdbException;
import org.jmail.base.lmdb.WriteTransaction;

/// Writes the index of a table so that Postfix can read it, and so that no reader ever sees a part
/// of it: each change is one LMDB transaction (Postfix dict_lmdb.c, mkmap_lmdb.c). Confined to one
/// platform thread.
public final class IndexWriter {

  /// Fills the index; called again from the start when the map was too small.
  @FunctionalInterface
  public interface Filler {
    void fill(IndexWriter writer) throws IOException, TableException;
  }

  private static final long ROOM = 1 << 20;

  private final String name;
  private final TableContext context;
  private final WriteTransaction transaction;
  private final Database entries;
  private final boolean quiet;

  /// What ends keys and values.
  private final String end;

  private IndexWriter(
      String name,
      TableContext context,
      WriteTransaction transaction,
      Database entries,
      boolean quiet)
      throws LmdbException {
    this.name = name;
    this.context = context;
    this.transaction = transaction;
    this.entries = entries;
    this.quiet = quiet;
    this.end =
        switch (context.terminator()) {
          case NUL -> "\0";
          case NONE -> "";
          case EITHER -> endOfFirstKey();
        };
  }

  private String endOfFirstKey() throws LmdbException {
    try (Cursor cursor = transaction.cursor(entries)) {
      if (!cursor.first()) {
        return "\0";
      }
      byte[] key = cursor.key();
      return key[key.length - 1] == 0 ? "\0" : "";
    }
  }

  /// Replaces all entries. A table that is not there yet is made under another name and renamed
  /// when it is complete, so that nobody finds an empty one.
  ///
  /// @param type lmdb, hash or btree
  /// @param name the source file; the index is beside it
  public static void rebuild(String type, String name, TableContext context, Filler filler)
      throws TableException {
    Path index = IndexedTable.of(name).index();
    Path file =
        Files.exists(index)
            ? index
            : index.resolveSibling("." + index.getFileName() + "." + ProcessHandle.current().pid());
    change(type, name, file, true, context, filler);
    if (!file.equals(index)) {
      try {
        Files.move(file, index, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new TableException("rename " + file + ": " + FileErrors.text(e), e);
      }
    }
  }

  /// Adds, replaces or removes entries of a table, which is made if it is not there.
  public static void update(String type, String name, TableContext context, Filler filler)
      throws TableException {
    change(type, name, IndexedTable.of(name).index(), false, context, filler);
  }

  private static void change(
      String type, String name, Path file, boolean clear, TableContext context, Filler filler)
      throws TableException {
    String title = type + ":" + name;
    boolean existed = Files.exists(file);
    boolean done = false;
    try (LmdbEnvironment environment = LmdbEnvironment.open(file, options(name, file, context))) {
      for (boolean again = false; !attempt(title, clear, again, context, environment, filler); ) {
        environment.resize(2 * environment.size().mapSize());
        again = true;
      }
      done = true;
    } catch (NotLmdbException e) {
      // As Postfix does: what somebody else made is not ours to replace.
      throw new TableException(
          "error updating "
              + title
              + ": "
              + FileErrors.text(e)
              + "; remove "
              + file
              + ", then try again",
          e);
    } catch (IOException e) {
      throw new TableException("error updating " + title + ": " + FileErrors.text(e), e);
    } finally {
      if (!existed && !done) {
        discard(file);
      }
    }
  }

  /// Whether the map was large enough. The exclusive lock, held for a moment, proves that no
  /// Postfix process still reads an older state whose pages this transaction may use; the shared
  /// lock keeps other writers out and lets readers in.
  private static boolean attempt(
      String title,
      boolean clear,
      boolean again,
      TableContext context,
      LmdbEnvironment environment,
      Filler filler)
      throws IOException, TableException {
    environment.lockExclusive();
    environment.lockShared();
    try (WriteTransaction transaction = environment.write()) {
      Database entries = transaction.database("");
      if (clear) {
        transaction.clear(entries);
      }
      IndexWriter writer = new IndexWriter(title, context, transaction, entries, again);
      filler.fill(writer);
      transaction.commit();
      return true;
    } catch (MapFullException e) {
      return false;
    } finally {
      environment.unlock();
    }
  }

  private static LmdbOptions options(String name, Path file, TableContext context)
      throws IOException {
    long needed = Files.exists(file) ? Files.size(file) + ROOM : ROOM;
    Path source = Path.of(name);
    if (Files.isRegularFile(source)) {
      needed += 4 * Files.size(source);
    }
    long mapSize = Math.max(context.mapSize(), (needed + 0xffff) & ~0xffffL);
    return LmdbOptions.DEFAULT
        .with(EnvironmentFlag.NO_SUBDIRECTORY, EnvironmentFlag.NO_LOCK)
        .withMapSize(mapSize)
        .withMode(0644);
  }

  private static void discard(Path file) {
    // what is left over is harmless, and the reason for leaving it matters more
    var _ = file.toFile().delete();
  }

  /// Whether this is a repetition, whose warnings were given already.
  public boolean isRepetition() {
    return quiet;
  }

  /// Stores an entry under its folded key.
  public void put(String key, String value) throws IOException, TableException {
    String folded = InlineTable.fold(key, context);
    if (context.utf8() && (!Utf8.isValid(key) || !Utf8.isValid(value))) {
      warn(
          Utf8.isValid(key)
              ? name + ": key \"" + key + "\": non-UTF-8 value \"" + value + "\""
              : name + ": non-UTF-8 key \"" + key + "\": malformed UTF-8 or invalid codepoint");
      return;
    }
    byte[] keyOctets = (folded + end).getBytes(ISO_8859_1);
    byte[] valueOctets = (value + end).getBytes(ISO_8859_1);
    try {
      if (context.duplicates() == TableContext.Duplicates.REPLACE) {
        transaction.put(entries, keyOctets, valueOctets);
      } else if (!transaction.putIfAbsent(entries, keyOctets, valueOctets)
          && context.duplicates() == TableContext.Duplicates.WARN) {
        warn(name + ": duplicate entry: \"" + folded + "\"");
      }
    } catch (BadKeySizeException e) {
      throw new TableException(
          "error updating "
              + name
              + ": key \""
              + key.substring(0, Math.min(60, key.length()))
              + "...\" is longer than 511 octets; shorten or remove it",
          e);
    }
  }

  /// Removes a key; says whether it was there.
  public boolean delete(String key) throws LmdbException {
    String folded = InlineTable.fold(key, context);
    boolean found = false;
    if (context.terminator() != TableContext.Terminator.NONE) {
      found = transaction.delete(entries, (folded + "\0").getBytes(ISO_8859_1));
    }
    if (!found && context.terminator() != TableContext.Terminator.NUL && !folded.isEmpty()) {
      found = transaction.delete(entries, folded.getBytes(ISO_8859_1));
    }
    return found;
  }

  private void warn(String text) {
    if (!quiet) {
      context.warning().accept(text);
    }
  }
}
