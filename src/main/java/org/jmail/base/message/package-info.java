/// What travels: envelope, body type, DSN options, origin, and the content's header lines. Postfix
/// counterpart: mail_params.h attributes, header_opts.c, is_header.c. Must not do I/O on files.
@NullMarked
package org.jmail.base.message;

import org.jspecify.annotations.NullMarked;
