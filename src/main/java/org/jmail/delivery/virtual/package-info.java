/// virtual(8): mailboxes of domains whose users are no users of this machine. Tables say where a
/// mailbox is and whose ids it has. Postfix counterpart: src/virtual. Must not look at passwd,
/// aliases or .forward files, nor run commands.
@NullMarked
package org.jmail.delivery.virtual;

import org.jspecify.annotations.NullMarked;
