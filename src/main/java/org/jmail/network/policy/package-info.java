/// The client of policy services: attributes go there, one action comes back. Postfix counterpart:
/// attr_clnt.c, auto_clnt.c, attr_print_plain.c, attr_scan_plain.c (SMTPD_POLICY_README). Must not
/// know what an action means.
@NullMarked
package org.jmail.network.policy;

import org.jspecify.annotations.NullMarked;
