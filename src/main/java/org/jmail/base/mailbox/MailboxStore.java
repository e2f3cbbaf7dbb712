package org.jmail.base.mailbox;

import java.util.List;

/// One mailbox, of which this is the side that mail is put in from. Confined to one thread, which
/// has the rights that the store needs. Runs to its end: not to be interrupted.
public interface MailboxStore {

  /// Appends all copies that can be appended, in order, and makes them durable together. When it
  /// returns, what is [AppendResult.Stored] survives a power failure, and of the rest nothing is
  /// left behind.
  ///
  /// @return one result for each copy, in order
  List<AppendResult> append(List<MailCopy> copies);
}
