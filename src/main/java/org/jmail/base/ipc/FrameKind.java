package org.jmail.base.ipc;

import java.util.Optional;

/// What a frame means. Requests go from the network process to the delivery process, results the
/// other way.
public enum FrameKind {
  /// Opens a request: everything of it but recipients and content.
  BEGIN(1),
  /// One recipient of the request.
  RECIPIENT(2),
  /// The next octets of the content.
  CONTENT(3),
  /// The request is complete.
  END(4),
  /// The request is withdrawn before its end: the content could not be read.
  ABORT(5),
  /// The results of the request are on disk: the delivery process need not know them any more.
  RECORDED(6),
  /// What became of one recipient.
  RESULT(16),
  /// One of the recipients that an expanded recipient became.
  NEXT(17),
  /// All results of the request have been sent.
  DONE(18),
  /// What became of one member of the recipient that the next RESULT is about.
  MEMBER(19);

  private final int code;

  FrameKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Optional<FrameKind> of(int code) {
    for (FrameKind kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
