/// LMDB: the only binding to its library, the only class that loads it, and a reader of its files
/// that needs neither. Postfix counterpart: slmdb.c. Must not know what is stored.
@NullMarked
package org.jmail.base.lmdb;

import org.jspecify.annotations.NullMarked;
