package org.jmail.network.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.wire.AtomicFile;
import org.jmail.network.verify.AddressVerifier.Status;
import org.jmail.network.verify.AddressVerifier.Verdict;

/// The results of probes on disk, so that they outlive the process: a line for each address,
/// `status TAB seconds TAB address TAB why`. A line that makes no sense is passed over: it costs a
/// probe.
record VerifyCacheFile(Path path) {

  private static final int OWNER_ONLY = 0600;

  /// A result and when it was found.
  record Saved(Verdict verdict, Instant updated) {}

  /// What was saved; nothing when there is no file.
  Map<String, Saved> load() throws IOException {
    Map<String, Saved> saved = new LinkedHashMap<>();
    if (Files.exists(path)) {
      for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split("\t", 4);
        if (fields.length == 4) {
          parse(fields).ifPresent(entry -> saved.put(fields[2], entry));
        }
      }
    }
    return saved;
  }

  private static Optional<Saved> parse(String[] fields) {
    try {
      Verdict verdict = new Verdict(Status.valueOf(fields[0]), fields[3]);
      return Optional.of(new Saved(verdict, Instant.ofEpochSecond(Long.parseLong(fields[1]))));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  void save(Map<String, Saved> entries) throws IOException {
    StringBuilder text = new StringBuilder();
    entries.forEach((address, saved) ->
        text.append(saved.verdict().status())
            .append('\t')
            .append(saved.updated().getEpochSecond())
            .append('\t')
            .append(plain(address))
            .append('\t')
            .append(plain(saved.verdict().why()))
            .append('\n'));
    byte[] octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    AtomicFile.replace(path, OWNER_ONLY, out -> out.write(octets));
  }

  private static String plain(String text) {
    return text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
  }
}
