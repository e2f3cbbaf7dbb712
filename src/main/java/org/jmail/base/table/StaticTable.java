package org.jmail.base.table;

import java.util.Optional;
import org.jmail.base.config.BadValueException;

/// `static:value` and `static:{value with spaces}`: every key has this value (Postfix
/// dict_static.c).
final class StaticTable implements LookupTable {

  private final String text;
  private final String value;

  StaticTable(String text, TableContext context) throws TableException {
    this.text = text;
    try {
      String plain = text.startsWith("{") ? Ascii.trim(Braces.content(text)) : text;
      this.value = context.fileValues() ? FileValues.encode(plain) : plain;
    } catch (BadValueException e) {
      throw new TableException("bad static:name syntax: " + e.getMessage(), e);
    }
  }

  @Override
  public String name() {
    return "static:" + text;
  }

  @Override
  public Optional<String> lookup(String key) {
    return Optional.of(value);
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
