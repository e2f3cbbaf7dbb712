package org.jmail.delivery.local;

/// The words of prepend_delivered_header.
enum HeaderUse {
  COMMAND,
  FILE,
  FORWARD
}
