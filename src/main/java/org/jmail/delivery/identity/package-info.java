/// Acting as a user and coming back: the only package that names a uid to the kernel. Postfix
/// counterpart: set_eugid.c, spawn_command.c.
@NullMarked
package org.jmail.delivery.identity;

import org.jspecify.annotations.NullMarked;
