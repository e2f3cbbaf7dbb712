package org.jmail.network.cleanup;

import java.util.List;

/// What the SMTP server's access rules want done with a message (access(5)).
///
/// @param hold wait for an operator
/// @param discard accept it and forget it
/// @param filter `transport:nexthop` for all recipients; empty when none
/// @param redirect one address instead of all recipients; empty when none
/// @param copies addresses that get a copy
public record AccessActions(
    boolean hold, boolean discard, String filter, String redirect, List<String> copies) {

  /// Nothing.
  public static final AccessActions NONE = new AccessActions(false, false, "", "", List.of());

  public AccessActions {
    copies = List.copyOf(copies);
  }
}
