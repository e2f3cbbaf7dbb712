package org.jmail.base.table;

import java.util.Optional;

/// One lookup table such as `lmdb:/etc/aliases`. Keys and values are octet strings (one char, one
/// octet). Safe for use by many threads; notices by itself that its file changed.
public interface LookupTable extends AutoCloseable {

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

  @Override
  void close();
}
