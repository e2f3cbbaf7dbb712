package org.jmail.network.qmgr;

import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;

/// How an attempt ended, for the scheduler.
///
/// @param crossedOff recipients that are done
/// @param expired whether any would be tried again if its message were not too old
/// @param transportFailure why the transport itself failed; empty when it did not
record Settlement(int crossedOff, boolean expired, Optional<Diagnosis> transportFailure) {

  /// One that was not made.
  static final Settlement NOTHING = new Settlement(0, false, Optional.empty());
}
