/// postlogd(8): takes log lines of commands that users run on the socket public/postlog and writes
/// them to the mail log. Postfix counterpart: src/postlogd.
///
/// Anybody may connect, so a line is only as true as the user who sent it: its process number and
/// its text are his. Its tag is one of the commands a user runs, under our own syslog_name, so that
/// no user writes lines of pickup, local or smtpd; what another tag was sent with appears as text
/// of `postfix/postlog`. Lines are bounded in length and number, and hold no control octets. Root
/// is believed. Must not interpret what it logs.
@NullMarked
package org.jmail.network.postlogd;

import org.jspecify.annotations.NullMarked;
