/// Whether an address can be delivered to: asked of the transport that would deliver, and
/// remembered. Postfix counterpart: verify.c, verify_clnt.c. Must not decide what that means for a
/// client: org.jmail.network.smtpd.access does.
@NullMarked
package org.jmail.network.verify;

import org.jspecify.annotations.NullMarked;
