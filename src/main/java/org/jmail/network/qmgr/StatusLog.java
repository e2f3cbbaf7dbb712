package org.jmail.network.qmgr;

import java.time.Instant;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.message.Recipient;

/// Writes the line of one recipient, `QID: to=<…>, relay=…, … status=…`, for attempts whose
/// transport does not write it itself.
@FunctionalInterface
interface StatusLog {

  /// Writes it.
  ///
  /// @param program the log tag: `local`, `error`, `discard`
  /// @param relay as in `relay=`
  /// @param ended when the attempt was over
  void log(
      String program,
      DeliveryRequest request,
      Recipient recipient,
      String relay,
      DeliveryResult result,
      Instant ended);
}
