package org.jmail.base.table;

import java.util.Optional;

/// One lookup table such as `lmdb:/etc/aliases`. Keys and values are octet strings (one char, one
/// octet). Safe for use by many threads; notices by itself that its file changed.
public interface LookupTable extends AutoCloseable {

  /// Takes one entry of a table.
  @FunctionalInterface
  interface EntryConsumer {
    void accept(String key, String value) throws TableException;
  }

  /// `type:name` as configured.
  String name();

  /// The value, or empty when the key is not there.
  ///
  /// @throws TableException when the table cannot answer; never to be read as "not there"
  Optional<String> lookup(String key) throws TableException;

  /// Whose rights an entry of this table may use.
  TableOwner owner() throws TableException;

  /// Whether parts of an address (`user`, `@domain`) may be looked up: false for regexp, pcre, and
  /// what else matches patterns (Postfix DICT_FLAG_FIXED).
  boolean fixedKeys();

  /// All entries, in the table's own order.
  ///
  /// @throws TableException also when this type of table cannot be listed
  default void forEach(EntryConsumer consumer) throws TableException {
    throw new TableException("table " + name() + ": sequence operation is not supported");
  }

  /// Lets go of what it holds open: for most tables nothing.
  @Override
  default void close() {}
}
