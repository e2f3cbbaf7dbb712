/// cleanup(8): completes headers, rewrites addresses, applies checks, and hands the message to the
/// queue. Postfix counterpart: src/cleanup.
@NullMarked
package org.jmail.network.cleanup;

import org.jspecify.annotations.NullMarked;
