package org.jmail.network.qmgr;

import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;

/// How an attempt ended, for the scheduler.
///
/// @param crossedOff recipients that are done
/// @param expired whether any would be tried again if its message were not too old
/// @param transportFailure why the transport itself failed; empty when it did not
/// @param unreachable why the destination could not be reached; empty when it could
record Settlement(
    int crossedOff,
    boolean expired,
    Optional<Diagnosis> transportFailure,
    Optional<Diagnosis> unreachable) {

  /// One that was not made.
  static final Settlement NOTHING = new Settlement(0, false, Optional.empty(), Optional.empty());

  Settlement withUnreachable(Optional<Diagnosis> why) {
    return new Settlement(crossedOff, expired, transportFailure, why);
  }
}
