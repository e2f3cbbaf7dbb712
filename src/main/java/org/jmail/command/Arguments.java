package org.jmail.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command line as octet strings (docs/adr/0007). Java decodes it by the locale, and in the C
/// locale of cron and daemons loses every octet that is not ASCII; the kernel still has them.
final class Arguments {

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Arguments() {}

  static List<String> octets(String[] decoded) {
    for (String argument : decoded) {
      if (!isAscii(argument)) {
        return original(decoded);
      }
    }
    return Arrays.asList(decoded);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7e) {
        return false;
      }
    }
    return true;
  }

  /// The last words of the command line; those before belong to Java.
  private static List<String> original(String[] decoded) {
    try {
      return last(Files.readAllBytes(COMMAND_LINE), decoded.length);
    } catch (IOException e) {
      return Arrays.asList(decoded); // no /proc
    }
  }

  /// @param commandLine words, each ended by NUL
  static List<String> last(byte[] commandLine, int count) {
    String text = new String(commandLine, ISO_8859_1);
    List<String> words = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\0', from);
      int to = end < 0 ? text.length() : end;
      words.add(text.substring(from, to));
      from = to + 1;
    }
    return words.subList(Math.max(0, words.size() - count), words.size());
  }
}
