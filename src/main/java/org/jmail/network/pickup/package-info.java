/// pickup(8): takes submissions from public/pickup and from the maildrop folder. Postfix
/// counterpart: src/pickup, src/postdrop. Must not touch content: cleanup does.
@NullMarked
package org.jmail.network.pickup;

import org.jspecify.annotations.NullMarked;
