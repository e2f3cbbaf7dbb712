/// Names and addresses of other machines: the system's hosts file and the domain name system,
/// through dnsjava behind one small interface. Postfix counterpart: src/dns, myaddrinfo.c. Must not
/// decide anything about mail.
@NullMarked
package org.jmail.network.dns;

import org.jspecify.annotations.NullMarked;
