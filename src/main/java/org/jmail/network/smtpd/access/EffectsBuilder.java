package org.jmail.network.smtpd.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The [Effects] of one transaction as they gather. Confined to one session's thread.
final class EffectsBuilder {
  private boolean hold;
  private boolean discard;
  private Optional<String> filter = Optional.empty();
  private Optional<String> redirect = Optional.empty();
  private final List<String> bcc = new ArrayList<>();
  private final List<String> prepend = new ArrayList<>();

  boolean holds() {
    return hold;
  }

  boolean discards() {
    return discard;
  }

  void hold() {
    hold = true;
  }

  void discard() {
    discard = true;
  }

  void filter(String destination) {
    filter = Optional.of(destination);
  }

  void redirect(String recipient) {
    redirect = Optional.of(recipient);
  }

  void bcc(String recipient) {
    bcc.add(recipient);
  }

  void prepend(String header) {
    prepend.add(header);
  }

  Effects build() {
    return new Effects(hold, discard, filter, redirect, bcc, prepend);
  }
}
