/// The only binding to the LMDB library, and the only class that loads it. Postfix counterpart:
/// slmdb.c. Must not know what is stored.
@NullMarked
package org.jmail.base.lmdb;

import org.jspecify.annotations.NullMarked;
