/// Mail addresses as values: parsed once, valid by construction, octets kept as given. Postfix
/// counterpart: tok822, split_addr.c, quote_822_local.c. Must not look anything up.
@NullMarked
package org.jmail.base.address;

import org.jspecify.annotations.NullMarked;
