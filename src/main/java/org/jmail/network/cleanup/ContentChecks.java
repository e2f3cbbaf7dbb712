package org.jmail.network.cleanup;

import org.jmail.base.message.MimeState;

/// The checks of the parts of a message.
record ContentChecks(
    ContentCheck header, ContentCheck mimeHeader, ContentCheck nestedHeader, ContentCheck body) {

  static final ContentChecks NONE =
      new ContentChecks(
          ContentCheck.none("header_checks"),
          ContentCheck.none("mime_header_checks"),
          ContentCheck.none("nested_header_checks"),
          ContentCheck.none("body_checks"));

  ContentCheck of(MimeState.Part part) {
    return switch (part) {
      case PRIMARY -> header;
      case MULTIPART -> mimeHeader;
      case NESTED -> nestedHeader;
    };
  }

  /// Whether headers are checked at all.
  boolean any() {
    return header.present() || mimeHeader.present() || nestedHeader.present();
  }
}
