package org.jmail.base.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// `randmap:{value, value}`: any key has any of the values (Postfix dict_random.c).
final class RandomTable implements LookupTable {

  private final String text;
  private final List<String> values;

  RandomTable(String text, TableContext context) throws TableException {
    this.text = text;
    List<String> words = new ArrayList<>();
    for (String word : Braces.list("randmap", text, "value")) {
      words.add(context.fileValues() ? FileValues.encode(word) : word);
    }
    this.values = List.copyOf(words);
  }

  @Override
  public String name() {
    return "randmap:" + text;
  }

  @Override
  public Optional<String> lookup(String key) {
    return Optional.of(values.get(ThreadLocalRandom.current().nextInt(values.size())));
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
