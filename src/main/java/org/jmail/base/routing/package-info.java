/// Which domains and addresses are this machine's own. Postfix counterpart: resolve_local.c,
/// own_inet_addr.c. Must not choose transports: org.jmail.network.rewrite does.
@NullMarked
package org.jmail.base.routing;

import org.jspecify.annotations.NullMarked;
