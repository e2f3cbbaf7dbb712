package org.jmail.base.table;

import java.util.Optional;

/// `regexp:/file` and `pcre:/file`: patterns and what they mean, the first match counts (Postfix
/// dict_regexp.c, dict_pcre.c).
final class PatternTable implements LookupTable {

  private final String name;
  private final TextSource<PatternRules> rules;

  PatternTable(String type, String text, TableContext context) throws TableException {
    this.name = type + ":" + text;
    this.rules =
        TextSource.open(
            type, text, context, lines -> PatternRules.read(type, text, lines, context));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> lookup(String key) throws TableException {
    return rules.current().lookup(key);
  }

  @Override
  public TableOwner owner() throws TableException {
    return rules.owner();
  }

  @Override
  public boolean fixedKeys() {
    return false;
  }
}
