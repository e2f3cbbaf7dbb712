package org.jmail.command.postmap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The keys that header_checks and body_checks would look up in a message: each header as one text
/// with its continuation lines, and each line of the body (Postfix mime_state.c as postmap -b -h -m
/// uses it). With -m the headers of attachments and of attached messages are headers, too.
final class MessageKeys {

  /// Multiparts nest no deeper than this in mail that Postfix accepts (mime_nesting_limit).
  private static final int DEEPEST = 100;

  private final Set<Options.Part> parts;
  private final boolean mime;
  private final List<String> keys = new ArrayList<>();
  private final Deque<String> boundaries = new ArrayDeque<>();
  private final StringBuilder header = new StringBuilder();
  private String contentType = "";
  private boolean inHeaders = true;

  MessageKeys(Set<Options.Part> parts) {
    this.parts = parts;
    this.mime = parts.contains(Options.Part.MIME);
  }

  /// The keys of a message, in order.
  List<String> read(InputLines lines) throws IOException {
    boolean wholeMessage = mime || parts.contains(Options.Part.BODY);
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      if (inHeaders) {
        headerLine(line.get());
        if (!inHeaders && !wholeMessage) {
          break;
        }
      } else {
        bodyLine(line.get());
      }
    }
    endHeader();
    return keys;
  }

  private void headerLine(String line) {
    if (!header.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"))) {
      header.append('\n').append(line);
      return;
    }
    endHeader();
    if (line.isEmpty()) {
      endHeaders();
      bodyLine(line);
    } else if (isHeader(line)) {
      header.append(line);
    } else {
      endHeaders();
      bodyLine(line);
    }
  }

  private static boolean isHeader(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      return false;
    }
    String name = line.substring(0, colon).stripTrailing();
    return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private void endHeader() {
    if (header.isEmpty()) {
      return;
    }
    String text = header.toString();
    header.setLength(0);
    if (text.regionMatches(true, 0, "content-type:", 0, 13)) {
      contentType = text.substring(13).strip();
    }
    if (parts.contains(Options.Part.HEADER)) {
      keys.add(text);
    }
  }

  private void endHeaders() {
    inHeaders = false;
    String type = contentType.toLowerCase(Locale.ROOT);
    if (mime && type.startsWith("multipart/") && boundaries.size() < DEEPEST) {
      boundary(contentType).ifPresent(boundaries::push);
    } else if (mime && type.startsWith("message/rfc822")) {
      inHeaders = true;
    }
    contentType = "";
  }

  private void bodyLine(String line) {
    if (line.startsWith("--")) {
      for (String boundary : boundaries) {
        if (line.startsWith(boundary, 2)) {
          while (!boundary.equals(boundaries.peek())) {
            boundaries.pop();
          }
          if (line.startsWith("--", 2 + boundary.length())) {
            boundaries.pop();
          } else {
            inHeaders = true;
          }
          break;
        }
      }
    }
    if (parts.contains(Options.Part.BODY)) {
      keys.add(line);
    }
  }

  private static Optional<String> boundary(String contentType) {
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("boundary=");
    if (at < 0) {
      return Optional.empty();
    }
    String value = contentType.substring(at + 9);
    int quote = value.indexOf('"', 1);
    if (value.startsWith("\"") && quote > 0) {
      return Optional.of(value.substring(1, quote));
    }
    String word = value.split("[;\\s]", 2)[0];
    return word.isEmpty() ? Optional.empty() : Optional.of(word);
  }
}
