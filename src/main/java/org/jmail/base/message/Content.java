package org.jmail.base.message;

import java.io.IOException;
import java.io.InputStream;

/// The octets of one message: header, blank line, body; lines end with LF, as Postfix stores them.
/// May be read more than once; each [#open] starts anew.
public interface Content {

  /// Size in octets.
  long size();

  /// A fresh stream; the caller closes it.
  InputStream open() throws IOException;

  /// Content held in memory.
  static Content of(byte[] octets) {
    return new Content() {
      @Override
      public long size() {
        return octets.length;
      }

      @Override
      public InputStream open() {
        return new java.io.ByteArrayInputStream(octets);
      }
    };
  }
}
