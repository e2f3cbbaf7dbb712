package org.jmail.command.postconf;

import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.table.Tables;

/// What `postconf -a -A -l -T -b -t` tell about this build. Postfix counterpart: postconf_other.c.
final class Capabilities {
  private final Output output;

  Capabilities(Output output) {
    this.output = output;
  }

  /// The types of lookup tables.
  void showMaps() {
    print(Tables.types());
  }

  /// The ways to lock a mailbox that mailbox_delivery_lock knows.
  void showLocks() {
    print(List.of("flock", "fcntl", "dotlock"));
  }

  void showTls(String mode) throws BadValueException {
    switch (mode) {
      case "compile-version", "run-version" ->
          print(
              List.of("JSSE " + Runtime.version().feature() + " (Java " + Runtime.version() + ")"));
      case "public-key-algorithms" -> print(List.of("dsa", "ecdsa", "ed25519", "ed448", "rsa"));
      default -> {
        output.warning("unknown 'postconf -T' mode: " + mode);
        throw new BadValueException("");
      }
    }
  }

  private void print(List<String> names) {
    names.forEach(name -> output.print(name + "\n"));
  }
}
