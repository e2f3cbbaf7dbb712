/// The postlog command: scripts write to the mail log. Postfix counterpart: src/postlog. Must not
/// interpret what it logs.
@NullMarked
package org.jmail.command.postlog;

import org.jspecify.annotations.NullMarked;
