/// Users of this machine: passwd and group entries as the delivery agents need them.
@NullMarked
package org.jmail.delivery.account;

import org.jspecify.annotations.NullMarked;
