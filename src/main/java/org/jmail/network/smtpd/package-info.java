/// smtpd(8): takes mail in by SMTP (RFC 5321) and hands it to cleanup. [SmtpServer] is the door:
/// listeners, one virtual thread for each session. A session reads a line, makes a [Command] of it,
/// asks the [Transaction] what may be, and answers with a [Reply]. Who may send what is decided in
/// the package `access` below. Postfix counterpart: src/smtpd, src/anvil. Must not look into the
/// queue, nor rewrite messages.
///
/// Looks wrong, is right: a line that ends with LF alone is a line (Postfix is lenient to clients
/// that are; what it must not do is end DATA, see [LineReader]); errors in the commands of a
/// pipelined group are counted one by one; the text of RCPT's address is kept as given beside the
/// address, since bounces quote it.
@NullMarked
package org.jmail.network.smtpd;

import org.jspecify.annotations.NullMarked;
