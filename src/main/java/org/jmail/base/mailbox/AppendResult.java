package org.jmail.base.mailbox;

import org.jmail.base.dsn.Diagnosis;

/// What became of one copy.
public sealed interface AppendResult {

  /// It is on disk.
  ///
  /// @param start where it begins in its file
  record Stored(long start) implements AppendResult {}

  /// It is not there, not even in part. The class of the code says whether it may be there later.
  record Refused(Diagnosis why) implements AppendResult {}

  /// In a file of its own.
  AppendResult STORED = new Stored(0);
}
