package org.jmail.network.smtpd;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What EHLO can offer, and what smtpd_discard_ehlo_keywords calls it (Postfix ehlo_mask.c). Words
/// that are none are passed over, so that configurations for other versions serve.
enum EhloKeyword {
  EIGHTBITMIME("8BITMIME"),
  AUTH("AUTH"),
  ETRN("ETRN"),
  PIPELINING("PIPELINING"),
  SIZE("SIZE"),
  XVERP("XVERP"),
  VRFY("VRFY"),
  XCLIENT("XCLIENT"),
  XFORWARD("XFORWARD"),
  STARTTLS("STARTTLS"),
  ENHANCEDSTATUSCODES("ENHANCEDSTATUSCODES"),
  DSN("DSN"),
  SMTPUTF8("SMTPUTF8"),
  CHUNKING("CHUNKING"),
  REQUIRETLS("REQUIRETLS"),
  /// Nothing that is offered: keeps what is left out away from the log.
  SILENT_DISCARD("SILENT-DISCARD");

  private final String word;

  EhloKeyword(String word) {
    this.word = word;
  }

  /// Those of a list.
  static Set<EhloKeyword> parse(Collection<String> words) {
    Set<EhloKeyword> found = EnumSet.noneOf(EhloKeyword.class);
    for (String word : words) {
      for (EhloKeyword keyword : values()) {
        if (keyword.word.equalsIgnoreCase(word)) {
          found.add(keyword);
        }
      }
    }
    return found;
  }

  /// As a line of the log has them.
  static String shown(Set<EhloKeyword> keywords) {
    return keywords.stream().sorted().map(EhloKeyword::toString).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return word;
  }
}
