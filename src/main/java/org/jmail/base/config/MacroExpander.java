package org.jmail.base.config;

import java.util.Optional;
import java.util.function.Predicate;

/// Expands `$name ${name} $(name) ${name?text} ${name:text} ${name?{a}:{b}} ${{a} == {b} ? {x} :
/// {y}}` and `$$`. Immutable. Postfix counterpart: mac_parse.c, mac_expand.c.
public final class MacroExpander {

  /// Gives the value of a name; empty when there is none.
  @FunctionalInterface
  public interface Attributes {
    Optional<String> value(String name) throws BadValueException;

    /// Told that a name is being replaced by its value, or by nothing when it has none; not when a
    /// condition only asks for it. (Postfix MAC_EXP_MODE_USE, MAC_PARSE_UNDEF.)
    default void substituted(String name, boolean hasValue) {}
  }

  private final Attributes attributes;
  private final Predicate<String> expandsValueOf;
  private final Optional<String> allowed;

  private MacroExpander(
      Attributes attributes, Predicate<String> expandsValueOf, Optional<String> allowed) {
    this.attributes = attributes;
    this.expandsValueOf = expandsValueOf;
    this.allowed = allowed;
  }

  /// Expands one level: a `$` in a value is text. For texts whose values a stranger shapes.
  public static MacroExpander once(Attributes attributes) {
    return new MacroExpander(attributes, name -> false, Optional.empty());
  }

  /// Expands values too, except those of the names that `literal` accepts (Postfix's raw
  /// parameters).
  public static MacroExpander recursive(Attributes attributes, Predicate<String> literal) {
    return new MacroExpander(attributes, literal.negate(), Optional.empty());
  }

  /// The same, with every octet of a value that is not in `characters` replaced by an underscore
  /// (Postfix's *_expansion_filter).
  public MacroExpander filtered(String characters) {
    return new MacroExpander(attributes, expandsValueOf, Optional.of(characters));
  }

  /// The text with every reference replaced.
  ///
  /// @throws BadValueException with what is wrong, without a place
  public String expand(String text) throws BadValueException {
    return new Expansion(this, false).expand(text);
  }

  /// Asks for the value of every name in the text, also in the branches of conditions that are not
  /// taken, and expands nothing.
  public static void scan(String text, Attributes seen) throws BadValueException {
    new Expansion(once(seen), true).expand(text);
  }

  Optional<String> value(String name) throws BadValueException {
    return attributes.value(name);
  }

  void substituted(String name, boolean hasValue) {
    attributes.substituted(name, hasValue);
  }

  boolean expandsValueOf(String name) {
    return expandsValueOf.test(name);
  }

  String filter(String value) {
    if (allowed.isEmpty()) {
      return value;
    }
    StringBuilder safe = new StringBuilder(value);
    for (int i = 0; i < safe.length(); i++) {
      if (allowed.get().indexOf(safe.charAt(i)) < 0) {
        safe.setCharAt(i, '_');
      }
    }
    return safe.toString();
  }
}
