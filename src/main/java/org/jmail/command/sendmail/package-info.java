/// sendmail(1): what programs call to send mail, and the door to mailq, newaliases and the rest
/// under Sendmail's old options. Postfix counterpart: src/sendmail, src/postdrop. Starts fast: no
/// FFM, no LMDB, no service loader, no streams, no lambdas on the way of a message. What fails goes
/// to the mail log too. Must not decide who the submitter is: pickup does.
@NullMarked
package org.jmail.command.sendmail;

import org.jspecify.annotations.NullMarked;
