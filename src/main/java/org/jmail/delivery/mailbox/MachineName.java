package org.jmail.delivery.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jmail.base.posix.PosixFile;

/// The machine's own name, for maildir files; not myhostname, which several machines may share.
public final class MachineName {

  private MachineName() {}

  public static String get() {
    byte[] name = new byte[256];
    try (PosixFile file = PosixFile.open("/proc/sys/kernel/hostname", PosixFile.RDONLY, 0)) {
      int length = file.read(name);
      String text = new String(name, 0, length, StandardCharsets.ISO_8859_1);
      return text.strip().isEmpty() ? "localhost" : text.strip();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
