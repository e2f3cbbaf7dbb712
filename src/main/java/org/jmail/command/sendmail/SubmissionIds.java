package org.jmail.command.sendmail;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Makes submission ids from the kernel's random octets; SecureRandom would load its providers
/// first.
final class SubmissionIds {

  private static final String DIGITS = "0123456789abcdef";

  private SubmissionIds() {}

  static String next() throws IOException {
    byte[] random;
    try (InputStream in = new FileInputStream("/dev/urandom")) {
      random = in.readNBytes(16);
    }
    if (random.length < 16) {
      throw new IOException("/dev/urandom ended");
    }
    StringBuilder id = new StringBuilder(32);
    for (byte octet : random) {
      id.append(DIGITS.charAt((octet >> 4) & 15)).append(DIGITS.charAt(octet & 15));
    }
    return id.toString();
  }
}
