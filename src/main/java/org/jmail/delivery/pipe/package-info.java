/// pipe(8): gives messages to the commands that rows of master.cf name. The delivery process reads
/// those rows itself; a request says which of them, and never a command or a user. Postfix
/// counterpart: src/pipe. Must not run anything as root or as the owner of the queue.
@NullMarked
package org.jmail.delivery.pipe;

import org.jspecify.annotations.NullMarked;
