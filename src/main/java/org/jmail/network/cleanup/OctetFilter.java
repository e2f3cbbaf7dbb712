package org.jmail.network.cleanup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jmail.base.dsn.Diagnosis;

/// Octets that are not let through: stray carriage returns, message_strip_characters,
/// message_reject_characters. Works in place.
record OctetFilter(CleanupSettings.Octets octets, CheckEffects effects) {

  /// Filters one record.
  ///
  /// @return its new length
  int filter(byte[] buffer, int offset, int length) {
    if (octets.replaceStrayCr()) {
      for (int i = offset; i < offset + length; i++) {
        if (buffer[i] == '\r') {
          buffer[i] = ' ';
        }
      }
    }
    if (!effects.checking() || (octets.rejected().isEmpty() && octets.stripped().isEmpty())) {
      return length;
    }
    int kept = offset;
    for (int i = offset; i < offset + length; i++) {
      char c = (char) (buffer[i] & 0xff);
      if (octets.rejected().indexOf(c) >= 0) {
        effects.act(
            new CheckAction.Reject(Diagnosis.of("5.7.1", "disallowed character"), ""),
            "content",
            new String(buffer, offset, length, ISO_8859_1));
        return length;
      }
      if (octets.stripped().indexOf(c) < 0) {
        buffer[kept++] = buffer[i];
      }
    }
    for (int i = kept; i < offset + length; i++) {
      buffer[i] = ' '; // what lies after a shortened record must not look like its LF
    }
    return kept - offset;
  }
}
