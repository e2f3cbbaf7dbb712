/// The network process: wires pickup, cleanup, queue, qmgr and transports; sheds root. Must hold no
/// logic of theirs.
@NullMarked
package org.jmail.network.server;

import org.jspecify.annotations.NullMarked;
