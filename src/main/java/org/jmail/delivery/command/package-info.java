/// Gives messages to commands, for local(8) and pipe(8): started as a user, fed, waited for, and
/// their end understood. Postfix counterpart: pipe_command.c, exec_command.c, sys_exits.c. Must not
/// decide which command, nor whose rights.
@NullMarked
package org.jmail.delivery.command;

import org.jspecify.annotations.NullMarked;
