package org.jmail.base.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jmail.base.lmdb.LmdbFile;

/// `lmdb:/file`: the index `/file.lmdb` of a source `/file`, as Postfix's postmap and postalias
/// make it (dict_lmdb.c); `hash:` and `btree:` open the same file. Each lookup sees the last
/// commit, and asks whether the name stands for another file by now.
final class LmdbTable implements LookupTable {

  private static final byte[] BEGINNING = {};

  /// An open file, kept until another stands in its place; closed by whoever replaces it.
  private record Opened(FileStamp stamp, LmdbFile file) {}

  private final String name;
  private final Path path;
  private final TableContext context;
  private final SourceWatch source;
  private volatile Opened opened;
  private volatile boolean closed;

  LmdbTable(String type, String text, TableContext context) throws TableException {
    this.name = type + ":" + text;
    this.path = Path.of(text + IndexedTable.SUFFIX);
    this.context = context;
    this.opened = open();
    this.source = new SourceWatch(IndexedTable.of(text), System::nanoTime);
    source.look().ifPresent(context.warning());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    source.look().ifPresent(context.warning());
    List<byte[]> keys = keys(key);
    return keys.isEmpty() ? Optional.empty() : ask(file -> file.first(keys)).map(LmdbTable::text);
  }

  /// As it may be written: with a NUL at its end, without.
  private List<byte[]> keys(String key) {
    byte[] terminated = (key + '\0').getBytes(ISO_8859_1);
    byte[] plain = Arrays.copyOf(terminated, terminated.length - 1);
    return switch (context.terminator()) {
      case NUL -> List.of(terminated);
      case NONE -> plain.length == 0 ? List.of() : List.of(plain);
      case EITHER -> plain.length == 0 ? List.of(terminated) : List.of(terminated, plain);
    };
  }

  @Override
  public void forEach(EntryConsumer consumer) throws TableException {
    byte[] after = BEGINNING;
    while (true) {
      byte[] last = after;
      List<LmdbFile.Entry> entries = ask(file -> file.next(last));
      if (entries.isEmpty()) {
        return;
      }
      for (LmdbFile.Entry entry : entries) {
        consumer.accept(text(entry.key()), text(entry.value()));
      }
      after = entries.getLast().key();
    }
  }

  /// Up to the first NUL, as Postfix takes it.
  private static String text(byte[] octets) {
    String text = new String(octets, ISO_8859_1);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private interface Question<T> {
    T ask(LmdbFile file) throws IOException;
  }

  private <T> T ask(Question<T> question) throws TableException {
    for (int attempt = 1; ; attempt++) {
      Opened now = current();
      try {
        return question.ask(now.file);
      } catch (ClosedChannelException e) {
        // another thread was interrupted in a read, or found a new file and closed this one
        if (closed || attempt == 5 || Thread.currentThread().isInterrupted()) {
          throw new TableException("error reading " + name + ": closed", e);
        }
        reopen(now);
      } catch (IOException e) {
        throw new TableException("error reading " + name + ": " + FileErrors.text(e), e);
      }
    }
  }

  private Opened current() throws TableException {
    Opened now = opened;
    try {
      FileStamp stamp = FileStamp.of(path);
      if (!stamp.isSameFile(now.stamp)) {
        return reopen(now);
      }
      return stamp.equals(now.stamp) ? now : changed(now, stamp);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /// A commit changes the file, but so does `cp`, of which the meta pages need not tell.
  private synchronized Opened changed(Opened before, FileStamp stamp) {
    before.file.forget();
    if (opened.equals(before)) {
      opened = new Opened(stamp, before.file);
    }
    return opened;
  }

  private synchronized Opened reopen(Opened stale) throws TableException {
    if (closed) {
      throw new TableException("error reading " + name + ": closed");
    }
    if (opened.equals(stale)) {
      opened = open();
      close(stale);
    }
    return opened;
  }

  private Opened open() throws TableException {
    try {
      return new Opened(FileStamp.of(path), LmdbFile.open(path));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private TableException unavailable(IOException e) {
    return new TableException("open database " + path + ": " + FileErrors.text(e), e);
  }

  private void close(Opened file) {
    try {
      file.file.close();
    } catch (IOException e) {
      context.warning().accept("close " + path + ": " + FileErrors.text(e));
    }
  }

  @Override
  public TableOwner owner() throws TableException {
    try {
      return FileOwner.of(path);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public boolean fixedKeys() {
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    close(opened);
  }
}
