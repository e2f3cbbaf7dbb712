/// What the two processes say to each other: requests, results, their frames and nothing else. The
/// decoder here is the only parser that root runs on bytes a stranger shaped.
@NullMarked
package org.jmail.base.ipc;

import org.jspecify.annotations.NullMarked;
