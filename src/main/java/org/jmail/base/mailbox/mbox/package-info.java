/// mbox files: From_ lines, quoting, locks, and truncation when a write fails. Postfix counterpart:
/// mbox_open.c, mail_copy.c, dot_lockfile.c, deliver_flock.c.
@NullMarked
package org.jmail.base.mailbox.mbox;

import org.jspecify.annotations.NullMarked;
