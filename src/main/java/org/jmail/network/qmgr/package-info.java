/// qmgr(8): which message is tried when, how many at once per destination, and what becomes of the
/// result. Postfix counterpart: src/qmgr. The scheduler is pure: clock injected, no I/O.
@NullMarked
package org.jmail.network.qmgr;

import org.jspecify.annotations.NullMarked;
