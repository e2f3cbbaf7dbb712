/// What POSIX has and the JDK does not: passwd, statx, flock, umask, datagram sockets, raw identity
/// calls. The only package that calls libc. Must not decide who may do what:
/// org.jmail.delivery.identity does.
@NullMarked
package org.jmail.base.posix;

import org.jspecify.annotations.NullMarked;
