/// local(8): aliases, .forward, mailboxes, commands. Runs as root, acts as the recipient. Postfix
/// counterpart: src/local. Must not trust anything of a request but names and content.
@NullMarked
package org.jmail.delivery.local;

import org.jspecify.annotations.NullMarked;
