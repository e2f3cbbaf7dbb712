package org.jmail.command.postconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `service/type/what` on a command line, `*` for any part. Postfix counterpart: postconf_match.c.
///
/// @param text as given
record Pattern(String text, String service, String type, String what) {
  private static final String ANY = "*";

  /// Takes a text apart; missing parts match anything. Empty when it has fewer or more parts than
  /// it may, or a `*` beside other characters.
  static Optional<Pattern> parse(String text, int least, int most) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    boolean bad = parts.stream().anyMatch(part -> !part.equals(ANY) && part.contains(ANY));
    if (bad || text.startsWith("/") || parts.size() < least || parts.size() > most) {
      return Optional.empty();
    }
    while (parts.size() < 3) {
      parts.add(ANY);
    }
    return Optional.of(new Pattern(text, parts.get(0), parts.get(1), parts.get(2)));
  }

  boolean matches(String name, String otherType) {
    return part(service, name) && part(type, otherType);
  }

  boolean matches(Service candidate) {
    return matches(candidate.name(), candidate.type());
  }

  boolean anything() {
    return what.equals(ANY);
  }

  private static boolean part(String pattern, String name) {
    return pattern.equals(ANY) || pattern.equals(name);
  }
}
