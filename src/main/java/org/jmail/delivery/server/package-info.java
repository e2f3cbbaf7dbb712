/// The delivery process: starts, supervises the network process, serves its requests. Postfix
/// counterpart: master(8) and the server side of deliver_request.c.
@NullMarked
package org.jmail.delivery.server;

import org.jspecify.annotations.NullMarked;
