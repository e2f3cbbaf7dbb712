/// The `postconf` command: shows and edits main.cf and master.cf, and finds parameters that nothing
/// uses. Postfix counterpart: src/postconf. Must not act on any parameter.
@NullMarked
package org.jmail.command.postconf;

import org.jspecify.annotations.NullMarked;
