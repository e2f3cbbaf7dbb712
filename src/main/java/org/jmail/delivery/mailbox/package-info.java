/// Appends to mailboxes for local(8) and virtual(8): what waits for one is written together. Must
/// not decide which mailbox, nor whose rights.
@NullMarked
package org.jmail.delivery.mailbox;

import org.jspecify.annotations.NullMarked;
