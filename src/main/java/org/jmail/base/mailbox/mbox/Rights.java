package org.jmail.base.mailbox.mbox;

import java.io.IOException;

/// Whose rights the thread has while a mailbox is used: the spool folder may belong to another than
/// the mailbox. Postfix counterpart: the set_eugid calls of deliver_mailbox_file.
public interface Rights {

  /// Those to lock, open and create with.
  void toOpen() throws IOException;

  /// Those to write with, so that the owner's quota counts.
  void toWrite() throws IOException;

  /// The same rights for both, as they are.
  Rights UNCHANGED =
      new Rights() {
        @Override
        public void toOpen() {}

        @Override
        public void toWrite() {}
      };
}
