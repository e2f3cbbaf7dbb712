package org.jmail.base.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jmail.base.message.Content;

/// Keeps the content of requests while they arrive and are delivered. Safe for use by many threads.
public interface ContentStore {

  /// A place for so many octets; takes no memory for what has not arrived.
  Incoming begin(long size);

  /// A content that is arriving; used by one thread.
  interface Incoming {

    /// Appends the octets.
    void write(ByteBuffer octets) throws IOException;

    /// All octets are there.
    Stored finish() throws IOException;

    /// The rest will not come; what is there is dropped.
    void abandon();
  }

  /// A content that can be read until it is closed.
  interface Stored extends Content, AutoCloseable {
    @Override
    void close();
  }
}
