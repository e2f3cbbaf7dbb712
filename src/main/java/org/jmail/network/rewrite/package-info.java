/// trivial-rewrite(8): address completion and the choice of transport and nexthop. Postfix
/// counterpart: src/trivial-rewrite.
@NullMarked
package org.jmail.network.rewrite;

import org.jspecify.annotations.NullMarked;
