package org.jmail.base.table;

import java.util.Optional;

/// `fail:name`: fails every lookup, for tests (Postfix dict_fail.c).
final class FailTable implements LookupTable {

  private final String text;

  FailTable(String text) {
    this.text = text;
  }

  @Override
  public String name() {
    return "fail:" + text;
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    throw new TableException("table " + name() + ": query error: Application error");
  }

  @Override
  public void forEach(EntryConsumer consumer) throws TableException {
    throw new TableException("table " + name() + ": sequence error: Application error");
  }

  @Override
  public TableOwner owner() {
    return TableOwner.TRUSTED;
  }

  @Override
  public boolean fixedKeys() {
    return false;
  }
}
