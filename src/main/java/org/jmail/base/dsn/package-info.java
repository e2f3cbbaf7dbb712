/// Delivery status: enhanced status codes (RFC 3463), the reason in words, and the outcome of one
/// delivery attempt per recipient. Postfix counterpart: dsn.c, dsn_util.c, recipient_list.c.
@NullMarked
package org.jmail.base.dsn;

import org.jspecify.annotations.NullMarked;
