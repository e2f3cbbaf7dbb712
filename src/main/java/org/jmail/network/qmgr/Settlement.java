package org.jmail.network.qmgr;

import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;

/// How an attempt ended, for the scheduler.
///
/// @param crossedOff recipients that are done
/// @param failed recipients that are not to be tried again
/// @param deferred whether any is to be tried again
/// @param transportFailure why the transport itself failed; empty when it did not
record Settlement(
    int crossedOff, int failed, boolean deferred, Optional<Diagnosis> transportFailure) {}
