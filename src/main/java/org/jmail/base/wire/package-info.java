/// Bytes in and out with limits and deadlines: frames, length checks, escaping of text a peer
/// influenced. Postfix counterpart: vstream, attr_scan0.c, printable.c.
@NullMarked
package org.jmail.base.wire;

import org.jspecify.annotations.NullMarked;
