package org.jmail.base.table;

import java.util.Optional;

/// `environ:name`: the process's environment (Postfix dict_env.c).
final class EnvironTable implements LookupTable {

  private final String text;

  EnvironTable(String text) {
    this.text = text;
  }

  @Override
  public String name() {
    return "environ:" + text;
  }

  @Override
  public Optional<String> lookup(String key) {
    return Optional.ofNullable(System.getenv(key));
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
