package org.jmail.delivery.virtual;

import org.jmail.delivery.identity.Identity;

/// Where a recipient's mail goes.
///
/// @param path ends with a slash for a maildir
/// @param identity whose ids it is written with
record VirtualMailbox(String path, Identity identity) {

  boolean isMaildir() {
    return path.endsWith("/");
  }
}
