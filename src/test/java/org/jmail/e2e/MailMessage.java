package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One message as it lies in a mailbox file: its From_ line, its headers (folds kept) and its body
/// without the blank line that ends it; `start` is where in the file it begins.
record MailMessage(long start, String fromLine, List<Header> headers, String body) {

  record Header(String name, String value) {}

  private static final Pattern FROM =
      Pattern.compile("(?m)(?:\\A|(?<=\\n\\n))From [^\\n]*\\d\\d:\\d\\d:\\d\\d \\d{4}\\n");

  /// All messages of the mailbox; none when there is no file.
  static List<MailMessage> in(Path mailbox) {
    String text;
    try {
      text = Files.exists(mailbox) ? new String(Files.readAllBytes(mailbox), ISO_8859_1) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    List<MailMessage> messages = new ArrayList<>();
    Matcher from = FROM.matcher(text);
    int start = -1;
    while (from.find()) {
      if (start >= 0) {
        messages.add(parse(start, text.substring(start, from.start())));
      }
      start = from.start();
    }
    if (start >= 0) {
      messages.add(parse(start, text.substring(start)));
    }
    return messages;
  }

  /// The value of the first header of that name.
  Optional<String> header(String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  private static MailMessage parse(long start, String text) {
    int line = text.indexOf('\n');
    int end = text.indexOf("\n\n", line);
    String head = text.substring(line + 1, end + 1);
    String body = text.substring(end + 2);
    List<Header> headers = new ArrayList<>();
    Matcher header = Pattern.compile("([^\\s:]+):[ \\t]?((?:.*\\n)(?:[ \\t].*\\n)*)").matcher(head);
    while (header.find()) {
      headers.add(new Header(header.group(1), header.group(2).stripTrailing()));
    }
    return new MailMessage(
        start,
        text.substring(0, line),
        List.copyOf(headers),
        body.endsWith("\n\n") ? body.substring(0, body.length() - 1) : body);
  }
}
