package org.jmail.network.smtpd.access;

/// What one restriction says.
sealed interface Outcome {

  /// Nothing: ask the next one.
  Outcome DUNNO = new Dunno();

  /// Accept: the rest of the list does not matter.
  Outcome OK = new Ok();

  record Dunno() implements Outcome {}

  record Ok() implements Outcome {}

  record Rejected(Verdict.Refuse refusal) implements Outcome {}
}
