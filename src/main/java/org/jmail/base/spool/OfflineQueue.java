package org.jmail.base.spool;

import java.io.IOException;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// Opens the queue itself while the mail system is down; found by [java.util.ServiceLoader], since
/// commands do not know the network side.
public interface OfflineQueue {

  /// Fails when the mail system, or another tool, has the queue open.
  QueueTools open(Config config) throws IOException, BadValueException;
}
