/// Log lines in Postfix's shapes, to maillog_file, syslog or the supervising process. Postfix
/// counterpart: msg_logger.c, log_adhoc.c, maillog_client.c.
@NullMarked
package org.jmail.base.maillog;

import org.jspecify.annotations.NullMarked;
