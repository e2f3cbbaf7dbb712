/// The shape of $queue_directory: queue ids, the maildrop and submission format, what the queue
/// tools ask and get. Postfix counterpart: mail_queue.c, mail_open_ok.c, showq. Must not store the
/// queue: org.jmail.network.queue does.
@NullMarked
package org.jmail.base.spool;

import org.jspecify.annotations.NullMarked;
