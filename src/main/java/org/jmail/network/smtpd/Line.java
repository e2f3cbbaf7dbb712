package org.jmail.network.smtpd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The two directions of a connection with a client. Reads and writes block; a write that the
/// client does not take for too long fails, as [SessionWatch] sees to.
interface Line {

  /// What the client sends.
  InputStream input();

  /// What it gets; not buffered.
  OutputStream output();

  /// How long each read may wait from now on; 0 is no limit. A read that waits longer throws
  /// [java.net.SocketTimeoutException].
  void readTimeout(int milliseconds) throws IOException;

  /// Whether something that can be read without waiting is there.
  boolean isReadable() throws IOException;

  /// Notes that all of a message was read and not answered: a stop should wait for the answer.
  default void handingOver(boolean now) {}

  /// Makes the client's next octets the last ones: reads meet the end from here on.
  void stopReading() throws IOException;
}
