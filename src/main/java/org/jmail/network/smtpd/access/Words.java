package org.jmail.network.smtpd.access;

import java.util.List;
import java.util.Optional;
import org.jmail.base.table.Braces;

/// The words of a restriction list, taken one after another. Confined to one thread.
final class Words {
  private final List<String> words;
  private int at;

  Words(String list) {
    this.words = Braces.words(list);
  }

  boolean isEmpty() {
    return at == words.size();
  }

  /// The next word, if there is one.
  Optional<String> peek() {
    return isEmpty() ? Optional.empty() : Optional.of(words.get(at));
  }

  /// Takes the next word, if there is one.
  Optional<String> next() {
    Optional<String> word = peek();
    at += isEmpty() ? 0 : 1;
    return word;
  }
}
