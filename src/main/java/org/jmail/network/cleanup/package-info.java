/// cleanup(8): completes headers, rewrites addresses, applies checks, and hands the message to the
/// queue. [Cleanup] is the door. Postfix counterpart: src/cleanup. Must not schedule or deliver.
///
/// Looks wrong, is right: content is read on after a REJECT, since the log of Postfix shows the
/// rest too; a header's text after a NUL is kept, where Postfix drops it; a rejection is told to
/// the submitter at once, where Postfix sends a bounce.
@NullMarked
package org.jmail.network.cleanup;

import org.jspecify.annotations.NullMarked;
