/// mailq, postqueue, postsuper and postcat: the queue as its administrator and its users see it.
/// Postfix counterpart: src/postqueue, src/postsuper, src/postcat. Must not know how the queue is
/// kept: they ask org.jmail.base.spool.QueueTools.
@NullMarked
package org.jmail.command.queue;

import org.jspecify.annotations.NullMarked;
