/// The queue: durable, group-committed, one writer. Postfix counterpart: the queue folders and
/// qmgr's files. Must not schedule: org.jmail.network.qmgr does.
@NullMarked
package org.jmail.network.queue;

import org.jspecify.annotations.NullMarked;
