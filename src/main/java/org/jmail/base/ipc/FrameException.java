package org.jmail.base.ipc;

import java.io.IOException;

/// The peer sent what no version of this protocol allows. The only answer is to close the
/// connection and to log the message.
public final class FrameException extends IOException {
  private static final long serialVersionUID = 1L;

  public FrameException(String message) {
    super(message);
  }
}
