/// Octets in and out, whoever they are for: files replaced as a whole, streams read in blocks, JSON
/// text. Postfix counterpart: vstream.
@NullMarked
package org.jmail.base.wire;

import org.jspecify.annotations.NullMarked;
