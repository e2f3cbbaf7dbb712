/// bounce(8): tells senders, and postmaster when asked to, what became of their mail, in the form
/// of RFC 3464. [Bounces] is the door. Postfix counterpart: src/bounce. Must not decide what has
/// failed: org.jmail.network.qmgr does.
///
/// Looks wrong, is right: a report is put into the queue in the commit that crosses the recipients
/// off, where Postfix writes the report first, so that a crash between cannot repeat it.
@NullMarked
package org.jmail.network.bounce;

import org.jspecify.annotations.NullMarked;
