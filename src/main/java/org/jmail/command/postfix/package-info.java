/// The postfix command: starts, stops, reloads and checks an instance. Postfix counterpart:
/// postfix.c and postfix-script. Must not run mail itself: the delivery process does.
@NullMarked
package org.jmail.command.postfix;

import org.jspecify.annotations.NullMarked;
