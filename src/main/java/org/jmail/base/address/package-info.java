/// Mail addresses as values: parsed once, valid by construction, octets kept as given. Postfix
/// counterpart: tok822, split_addr.c, quote_822_local.c. Must not look anything up.
///
/// Looks wrong, is right: `|`, `%` and `!` are special characters here, as in Postfix and unlike
/// RFC 5322; a NUL in address text is an octet like any other control, where Postfix ends the text.
@NullMarked
package org.jmail.base.address;

import org.jspecify.annotations.NullMarked;
