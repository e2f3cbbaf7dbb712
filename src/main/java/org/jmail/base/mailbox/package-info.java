/// Where mail rests. One interface, MailboxStore, and its stores below it.
@NullMarked
package org.jmail.base.mailbox;

import org.jspecify.annotations.NullMarked;
