package org.jmail.network.smtpd;

import java.io.IOException;
import java.io.InputStream;

/// A message under way to the queue. Used by one thread.
interface Delivery extends AutoCloseable {

  /// Its name, for the log, `Received:` and the answer.
  String id();

  /// Whether the name belongs into `Received:`.
  default boolean isNamed() {
    return true;
  }

  /// How much of its content has come.
  long octets();

  /// Hands it over: reads the content to its end.
  ///
  /// @return what to tell the client
  Reply accept(Session session, InputStream content, ContentTally tally) throws IOException;

  /// Forgets it unless it was handed over.
  @Override
  void close();
}
