/// Lookup tables, one class a type, behind LookupTable. Postfix counterpart: dict_*.c, maps.c,
/// mail_addr_find.c, match_list.c. Must not cache answers beyond the file's life.
@NullMarked
package org.jmail.base.table;

import org.jspecify.annotations.NullMarked;
