/// postmap, postalias and newaliases: make, change and ask lookup tables. Postfix counterpart:
/// postmap.c, postalias.c. Must not know how a table stores its entries: org.jmail.base.table does.
@NullMarked
package org.jmail.command.postmap;

import org.jspecify.annotations.NullMarked;
