/// What users run: one class a command, all reached through Main by the name they were called by.
/// Short-lived: no FFM, no LMDB, no service loader unless the command needs it.
@NullMarked
package org.jmail.command;

import org.jspecify.annotations.NullMarked;
