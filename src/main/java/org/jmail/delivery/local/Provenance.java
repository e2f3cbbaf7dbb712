package org.jmail.delivery.local;

import java.util.Optional;

/// How a delivery came about.
///
/// @param sender internal form; empty for the null sender
/// @param owner who gets the bounces of a list, or the user whose .forward it is; empty for none
/// @param deliveredTo for Delivered-To:, the address this delivery is known by; empty at first
/// @param stage what was expanded last
/// @param expandedFrom the name that was expanded last; empty for none
/// @param original for X-Original-To:; empty below a list with an owner
record Provenance(
    String sender,
    Optional<String> owner,
    String deliveredTo,
    Stage stage,
    String expandedFrom,
    String original) {

  static Provenance of(String sender, String original) {
    return new Provenance(sender, Optional.empty(), "", Stage.NONE, "", original);
  }

  Provenance expanding(Stage what, String name) {
    return new Provenance(sender, owner, deliveredTo, what, name, original);
  }

  Provenance deliveredTo(String address) {
    return new Provenance(sender, owner, address, stage, expandedFrom, original);
  }

  Provenance ownedBy(Optional<String> who) {
    return new Provenance(sender, who, deliveredTo, stage, expandedFrom, original);
  }

  /// Below a list: its owner sends, and where it was addressed to originally is not told.
  Provenance sentBy(String listOwner) {
    return new Provenance(listOwner, Optional.of(listOwner), deliveredTo, stage, expandedFrom, "");
  }
}
