package org.jmail.network.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.MasterService;
import org.jmail.base.config.Words;

/// The numbers of ports: as they are, or by the names that known_tcp_ports gives them, and then
/// /etc/services (Postfix known_tcp_ports.c).
record PortNumbers(Config main) {

  private static final Path SERVICES = Path.of("/etc/services");

  /// The number of a port that a row of master.cf names.
  ///
  /// @throws BadValueException naming the row, when nobody knows it
  int of(MasterService row, String text) throws BadValueException {
    Optional<Integer> number = number(text);
    if (number.isEmpty()) {
      number = known(text).or(() -> listed(text));
    }
    return number.orElseThrow(() ->
        new BadValueException(
            row.where()
                + ": service "
                + row.name()
                + ": unknown port "
                + text
                + ": write a number, or a name of /etc/services or known_tcp_ports"));
  }

  private static Optional<Integer> number(String text) {
    try {
      int number = Integer.parseUnsignedInt(text);
      return number > 0 && number < 65536 ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// `lmtp=24, smtp=25, smtps=submissions=465`.
  private Optional<Integer> known(String name) throws BadValueException {
    for (String entry :
        Words.splitPlain(main.lookup("known_tcp_ports").orElse(""), Words.COMMA_SPACE)) {
      List<String> parts = Words.splitPlain(entry, "=");
      if (parts.size() > 1
          && parts.subList(0, parts.size() - 1).contains(name.toLowerCase(Locale.ROOT))) {
        return number(parts.getLast());
      }
    }
    return Optional.empty();
  }

  /// `submission 587/tcp msa # comment`.
  private static Optional<Integer> listed(String name) {
    if (!Files.exists(SERVICES)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(SERVICES, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(line -> Words.splitPlain(line.replaceFirst("#.*", ""), Words.SPACE))
          .filter(words -> words.size() > 1 && words.get(1).endsWith("/tcp"))
          .filter(words -> words.contains(name))
          .findFirst()
          .flatMap(words -> number(words.get(1).substring(0, words.get(1).indexOf('/'))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
