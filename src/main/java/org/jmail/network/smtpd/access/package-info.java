/// Which clients, senders and recipients the SMTP server takes mail from and for: the restriction
/// language of smtpd_client_restrictions and its relatives, one class per restriction. Postfix
/// counterpart: smtpd_check.c, smtpd_expand.c, smtpd_dsn_fix.c. Must not know the SMTP session:
/// that hands in an [org.jmail.network.smtpd.access.AccessRequest] and gets a verdict.
@NullMarked
package org.jmail.network.smtpd.access;

import org.jspecify.annotations.NullMarked;
