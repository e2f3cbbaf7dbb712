package org.jmail.network.cleanup;

import java.io.IOException;

/// Asked between the end of a message's content and its commit.
@FunctionalInterface
public interface EndOfContent {

  /// What is to be done with the message.
  ///
  /// @throws IOException when it is to be forgotten
  AccessActions reached() throws IOException;
}
