package org.jmail.network.cleanup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// An invented message, how it is submitted and under which configuration, and what real Postfix
/// made of it. The files `*.cases` hold them:
///
/// ```
/// === name
/// conf| a line of main.cf after BASE
/// file| name of a file in the configuration folder, then its lines after it
/// line| …
/// from| envelope sender, from -f
/// name| full name, from -F
/// to| a recipient
/// in| a line of the message, LF added; `end|` is the same without LF
/// --- recorded
/// got| a line of [#shown]
/// ```
///
/// Octets other than printable ASCII, and the backslash, are `\xNN`; `\*CxN` is the octet C, N
/// times.
///
/// @param got what Postfix made of it, empty when never recorded
public record CleanupCase(
    String name,
    List<String> conf,
    List<String> files,
    String from,
    String fullName,
    List<String> to,
    String input,
    List<String> got) {

  /// The configuration under the lines of a case.
  public static final String BASE =
      """
      compatibility_level = 3.6
      myhostname = mail.example.com
      mydomain = example.com
      mydestination = $myhostname, localhost.$mydomain, localhost
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      mail_name = jmail
      default_database_type = lmdb
      alias_maps =
      local_recipient_maps =
      """;

  private static final Path FOLDER =
      Path.of(
          System.getProperty("jmail.basedir", "."), "src/test/resources/org/jmail/network/cleanup");

  /// The files that hold cases.
  public static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".cases")).sorted().toList();
    }
  }

  /// All cases, in order.
  public static List<CleanupCase> all() throws IOException {
    List<CleanupCase> cases = new ArrayList<>();
    for (Path file : sources()) {
      cases.addAll(read(file));
    }
    return cases;
  }

  static List<CleanupCase> read(Path file) throws IOException {
    List<CleanupCase> cases = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file, ISO_8859_1)) {
      if (line.startsWith("=== ") && !lines.isEmpty()) {
        cases.add(parse(lines));
        lines.clear();
      }
      if (!lines.isEmpty() || line.startsWith("=== ")) {
        lines.add(line);
      }
    }
    if (!lines.isEmpty()) {
      cases.add(parse(lines));
    }
    return cases;
  }

  private static CleanupCase parse(List<String> lines) {
    List<String> conf = new ArrayList<>();
    List<String> files = new ArrayList<>();
    List<String> to = new ArrayList<>();
    List<String> got = new ArrayList<>();
    StringBuilder input = new StringBuilder();
    String from = "root";
    String fullName = "root";
    for (String line : lines.subList(1, lines.size())) {
      int bar = line.indexOf('|');
      if (bar < 0) {
        continue;
      }
      String value = line.length() > bar + 1 ? line.substring(bar + 2) : "";
      switch (line.substring(0, bar)) {
        case "conf" -> conf.add(value);
        case "file" -> files.add(value);
        case "line" -> files.set(files.size() - 1, files.getLast() + "\n" + value);
        case "from" -> from = value;
        case "name" -> fullName = decode(value);
        case "to" -> to.add(decode(value));
        case "in" -> input.append(decode(value)).append('\n');
        case "end" -> input.append(decode(value));
        case "got" -> got.add(value);
        default -> throw new IllegalArgumentException(line);
      }
    }
    return new CleanupCase(
        lines.getFirst().substring(4),
        conf,
        files,
        decode(from),
        fullName,
        to,
        input.toString(),
        got);
  }

  /// What is compared, as lines: envelope, content, log.
  ///
  /// @param head `queued`, `refused …`, `sender …` and so on
  public static List<String> shown(List<String> head, String content, List<String> log) {
    List<String> lines = new ArrayList<>(head);
    for (int start = 0; start < content.length(); ) {
      int newline = content.indexOf('\n', start);
      int end = newline < 0 ? content.length() : newline;
      String text = encode(content.substring(start, end));
      lines.add((newline < 0 ? ">>" : ">") + (text.isEmpty() ? "" : " " + text));
      start = end + 1;
    }
    log.forEach(line -> lines.add("log " + encode(line)));
    return lines;
  }

  /// The same without queue id and time.
  public static String normal(String text, String id) {
    return text.replace(id, "QID")
        .replaceAll("\\b20\\d{12}\\.QID", "STAMP.QID")
        .replaceAll(
            "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [ \\d]\\d [A-Z][a-z][a-z] 20\\d\\d"
                + " \\d\\d:\\d\\d:\\d\\d \\+0000 \\(UTC\\)",
            "DATE");
  }

  /// Printable; long repetitions shortened.
  static String encode(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      int end = i + 1;
      while (end < text.length() && text.charAt(end) == c) {
        end++;
      }
      String one = c < ' ' || c > '~' || c == '\\' ? "\\x%02x".formatted((int) c) : "" + c;
      if (end - i > 40) {
        out.append("\\*").append(one).append('x').append(end - i).append(';');
        i = end;
      } else {
        out.append(one);
        i++;
      }
    }
    if (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
      out.replace(out.length() - 1, out.length(), "\\x20"); // seen, and safe from editors
    }
    return out.toString();
  }

  static String decode(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        out.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else if (text.startsWith("\\*", i)) {
        int end = text.indexOf(';', i);
        String one = text.substring(i + 2, text.lastIndexOf('x', end));
        int count = Integer.parseInt(text.substring(text.lastIndexOf('x', end) + 1, end));
        out.append(decode(one).repeat(count));
        i = end;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /// Writes what was recorded into a file of cases, in place of what was there.
  public static void record(Path file, java.util.Map<String, List<String>> recorded)
      throws IOException {
    List<String> out = new ArrayList<>();
    String name = "";
    for (String line : Files.readAllLines(file, ISO_8859_1)) {
      if (line.startsWith("got|") || line.equals("--- recorded")) {
        continue;
      }
      if (line.startsWith("=== ")) {
        flush(out, name, recorded);
        name = line.substring(4);
      }
      out.add(line);
    }
    flush(out, name, recorded);
    Files.write(file, out, ISO_8859_1);
  }

  private static void flush(
      List<String> out, String name, java.util.Map<String, List<String>> recorded) {
    if (!name.isEmpty()) {
      out.add("--- recorded");
      for (String line : Objects.requireNonNullElse(recorded.get(name), List.<String>of())) {
        out.add(("got| " + line).stripTrailing());
      }
    }
  }
}
