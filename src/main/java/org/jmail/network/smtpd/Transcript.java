package org.jmail.network.smtpd;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.network.smtpd.access.ErrorClass;

/// What was said in a session, should postmaster have to be told of it (Postfix smtpd_chat.c).
/// Keeps nothing when nothing is told. Used by one thread.
final class Transcript {

  /// Some of a session in which something went wrong.
  ///
  /// @param troubles what it was
  /// @param lines `In: NOOP` and `Out: 250 2.0.0 Ok`, as they were sent
  record Excerpt(Set<ErrorClass> troubles, List<String> lines) {}

  private final Set<ErrorClass> told;
  private final Set<ErrorClass> troubles = EnumSet.noneOf(ErrorClass.class);
  private List<String> lines = List.of();

  /// @param told what postmaster wants to know of
  Transcript(Set<ErrorClass> told) {
    this.told = told;
  }

  /// The client.
  void heard(String line) {
    add("In:  " + line);
  }

  /// The server.
  void said(Reply reply) {
    if (!told.isEmpty()) {
      reply.lines().forEach(line -> add("Out: " + line));
    }
  }

  private void add(String line) {
    if (!told.isEmpty()) {
      if (lines.isEmpty()) {
        lines = new ArrayList<>();
      }
      lines.add(line);
    }
  }

  void trouble(ErrorClass what) {
    troubles.add(what);
  }

  /// A message was taken: what was wrong before is not told.
  void forgive() {
    troubles.clear();
  }

  /// Forgets all when there is more of it than so many lines.
  ///
  /// @return what is to be told of it
  Optional<Excerpt> cut(long threshold) {
    if (lines.size() <= threshold) {
      return Optional.empty();
    }
    boolean matters = troubles.stream().anyMatch(told::contains);
    Excerpt excerpt = new Excerpt(Set.copyOf(troubles), lines);
    lines = List.of();
    troubles.clear();
    return matters ? Optional.of(excerpt) : Optional.empty();
  }
}
