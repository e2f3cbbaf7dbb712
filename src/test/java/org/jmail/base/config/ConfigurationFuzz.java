package org.jmail.base.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;

/// What administrators write: main.cf, master.cf, `$name`; the first octet chooses. Any text is
/// one, or a BadValueException.
public final class ConfigurationFuzz {

  private ConfigurationFuzz() {}

  /// Takes octets: which, then a text.
  public static void fuzzerTestOneInput(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    String text = new String(octets, 1, octets.length - 1, ISO_8859_1);
    try {
      switch (octets[0] & 3) {
        case 0 -> MainCf.parse("main.cf", text);
        case 1 -> MasterCf.parse("master.cf", text);
        default ->
            MacroExpander.once(name -> name.length() % 2 == 0 ? Optional.of("v") : Optional.empty())
                .expand(text);
      }
    } catch (BadValueException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
  }
}
