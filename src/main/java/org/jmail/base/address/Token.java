package org.jmail.base.address;

/// One lexical token of address text (RFC 822 section 3.3; Postfix tok822.h).
///
/// @param text the octets without the delimiters of their kind; a comment keeps its parentheses and
///   backslashes; an operator is one of `|%!()<>@,;:\".[]`
public record Token(Kind kind, String text) {

  /// What a token is.
  public enum Kind {
    /// Octets without special meaning.
    ATOM,
    /// What stood, or must be written, between quotes.
    QUOTED_STRING,
    /// A comment in its external form; may nest.
    COMMENT,
    /// What stood between square brackets.
    DOMAIN_LITERAL,
    /// The ':' that starts the members of a named group.
    GROUP_START,
    /// A single special character.
    OPERATOR
  }

  static final Token COMMA = operator(',');

  /// A single special character.
  public static Token operator(char c) {
    return new Token(Kind.OPERATOR, String.valueOf(c));
  }

  /// Text that needs no quotes.
  public static Token atom(String text) {
    return new Token(Kind.ATOM, text);
  }

  /// Whether this is the special character `c`.
  public boolean is(char c) {
    return kind == Kind.OPERATOR && text.charAt(0) == c;
  }

  /// Whether two neighbours of this sort need a blank between them.
  boolean isWord() {
    return kind != Kind.OPERATOR && kind != Kind.GROUP_START;
  }
}
