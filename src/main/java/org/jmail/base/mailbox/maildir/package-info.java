/// maildir folders: tmp, new, names. Postfix counterpart: maildir.c.
@NullMarked
package org.jmail.base.mailbox.maildir;

import org.jspecify.annotations.NullMarked;
