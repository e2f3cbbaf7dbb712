package org.jmail.network.qmgr;

import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;

/// How an attempt ended, for the scheduler.
///
/// @param crossedOff recipients that are done
/// @param failed recipients that are not to be tried again
/// @param deferred whether any is to be tried again
/// @param expired whether any of the failed would be tried again if its message were not too old
/// @param transportFailure why the transport itself failed; empty when it did not
record Settlement(
    int crossedOff,
    int failed,
    boolean deferred,
    boolean expired,
    Optional<Diagnosis> transportFailure) {

  /// One that was not made.
  static final Settlement NOTHING = new Settlement(0, 0, false, false, Optional.empty());
}
