package org.jmail.base.mailbox;

import org.jmail.base.dsn.Diagnosis;

/// What became of one copy.
public sealed interface AppendResult {

  /// It is on disk.
  record Stored() implements AppendResult {}

  /// It is not there, not even in part. The class of the code says whether it may be there later.
  record Refused(Diagnosis why) implements AppendResult {}

  AppendResult STORED = new Stored();
}
