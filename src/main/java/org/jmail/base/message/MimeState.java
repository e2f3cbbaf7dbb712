package org.jmail.base.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Follows the structure of a message record by record and tells headers from body: the primary
/// header, the headers of parts of a multipart, and those of attached messages (RFC 2045, 2046;
/// Postfix mime_state.c). Holds one header and the boundaries that surround the current place,
/// nothing else; used by one thread. Octets are passed on as they came, except that `name : value`
/// becomes `name: value` and a header that is too long is cut.
public final class MimeState {

  /// Where a header stands.
  public enum Part {
    /// At the top of the message.
    PRIMARY,
    /// At the top of a part of a multipart.
    MULTIPART,
    /// In an attached message.
    NESTED
  }

  /// Bounds, named as the parameters.
  ///
  /// @param headerSize header_size_limit: octets of one header
  /// @param nesting mime_nesting_limit: levels of multipart
  /// @param boundary mime_boundary_length_limit: octets of a boundary that are compared
  /// @param enabled not disable_mime_input_processing: whether to look for parts at all
  public record Limits(int headerSize, int nesting, int boundary, boolean enabled) {}

  /// Who is told what was found, in order.
  public interface Sink {
    /// A complete header: `name:` and value, LF between its lines.
    void header(Part part, String header) throws IOException;

    /// The primary header is over.
    void endOfPrimaryHeader() throws IOException;

    /// A record of anything else, the empty line between header and body included. `position` is
    /// how far into the current body it starts.
    void body(byte[] buffer, int offset, int length, boolean endsLine, long position)
        throws IOException;

    /// The first violation of a kind that is watched for, and where.
    void violation(MimeViolation what, String text) throws IOException;
  }

  private enum Place {
    PRIMARY,
    MULTIPART,
    NESTED,
    BODY
  }

  private static final byte[] NOTHING = {};

  private final Limits limits;
  private final Sink sink;
  private final MimeBoundaries boundaries;
  private final StringBuilder header = new StringBuilder();
  private Place place = Place.PRIMARY;
  private ContentType.Kind type = ContentType.Kind.TEXT;
  private MimeEncoding encoding = MimeEncoding.SEVEN_BIT;
  private final Set<MimeViolation> watched = EnumSet.noneOf(MimeViolation.class);
  private boolean continued; // the record before this one did not end its line
  private long position;

  /// Starts at the top of a message.
  public MimeState(Limits limits, Sink sink) {
    this.limits = limits;
    this.sink = sink;
    this.boundaries = new MimeBoundaries(limits.nesting(), limits.boundary());
  }

  /// Looks for violations of these kinds, besides; for none when parts are not looked for.
  public MimeState watching(Set<MimeViolation> kinds) {
    if (limits.enabled()) {
      watched.addAll(kinds);
    }
    return this;
  }

  /// Takes the next record.
  public void record(byte[] buffer, int offset, int length, boolean endsLine) throws IOException {
    if (place != Place.BODY) {
      if (joinsHeader(buffer, offset, length)) {
        continued = !endsLine;
        return;
      }
      finishHeader();
      int name = HeaderSyntax.nameLength(buffer, offset, length);
      if (name > 0) {
        startHeader(buffer, offset, length, name);
        continued = !endsLine;
        return;
      }
      endHeaders(buffer, offset, length);
    }
    if (encoding == MimeEncoding.SEVEN_BIT && watched.contains(MimeViolation.EIGHT_BIT_BODY)) {
      lookForEightBit(buffer, offset, length);
    }
    if (!continued) {
      boundaries.at(buffer, offset, length).ifPresent(this::separated);
    }
    body(buffer, offset, length, endsLine);
    continued = !endsLine;
  }

  /// Ends the message; a last line without LF gets one.
  public void end() throws IOException {
    if (continued) {
      record(NOTHING, 0, 0, true);
    }
    if (place != Place.BODY) {
      finishHeader();
      if (place == Place.PRIMARY) {
        sink.endOfPrimaryHeader();
      }
      place = Place.BODY;
    }
  }

  private boolean joinsHeader(byte[] buffer, int offset, int length) {
    if (header.isEmpty()) {
      return false;
    }
    boolean folded = length > 0 && (buffer[offset] == ' ' || buffer[offset] == '\t');
    if (!continued && !folded) {
      return false;
    }
    if (header.length() < limits.headerSize()) {
      if (!continued) {
        header.append('\n');
      }
      header.append(new String(buffer, offset, length, ISO_8859_1));
    }
    return true;
  }

  private void startHeader(byte[] buffer, int offset, int length, int name) {
    int at = offset + name;
    while (at < offset + length && (buffer[at] == ' ' || buffer[at] == '\t')) {
      at++;
    }
    header.append(new String(buffer, offset, name, ISO_8859_1));
    header.append(new String(buffer, at, offset + length - at, ISO_8859_1));
  }

  private void finishHeader() throws IOException {
    if (header.isEmpty()) {
      return;
    }
    String text = header.toString();
    header.setLength(0);
    continued = false;
    if (limits.enabled()) {
      String name = HeaderSyntax.name(text);
      if (name.equalsIgnoreCase("content-type")) {
        contentType(text);
      } else if (name.equalsIgnoreCase("content-transfer-encoding")) {
        List<ContentTypeTokens.Token> tokens =
            new ContentTypeTokens(HeaderSyntax.value(text)).next();
        encoding = tokens.isEmpty() ? encoding : MimeEncoding.of(tokens.getFirst(), encoding);
      }
    }
    if (watched.contains(MimeViolation.EIGHT_BIT_HEADER) && text.chars().anyMatch(c -> c > 0x7f)) {
      violation(MimeViolation.EIGHT_BIT_HEADER, text);
    }
    sink.header(
        switch (place) {
          case PRIMARY -> Part.PRIMARY;
          case MULTIPART -> Part.MULTIPART;
          case NESTED, BODY -> Part.NESTED;
        },
        text);
  }

  /// Tells the first of a kind, and looks for no more of it.
  private void violation(MimeViolation what, String text) throws IOException {
    if (watched.remove(what)) {
      sink.violation(what, text);
    }
  }

  private void lookForEightBit(byte[] buffer, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] < 0) {
        violation(MimeViolation.EIGHT_BIT_BODY, new String(buffer, offset, length, ISO_8859_1));
        return;
      }
    }
  }

  /// RFC 2045 section 6.4: what has parts of its own is not encoded as a whole.
  private void checkEncodingDomain() throws IOException {
    boolean wrong =
        switch (type) {
          case MESSAGE_PARTIAL -> encoding.domain() != MimeEncoding.SEVEN_BIT;
          case MESSAGE_RFC822, MULTIPART -> !encoding.isIdentity();
          default -> false;
        };
    if (wrong) {
      violation(MimeViolation.ENCODING_DOMAIN, encoding.text());
    }
  }

  private void endHeaders(byte[] buffer, int offset, int length) throws IOException {
    boolean primary = place == Place.PRIMARY;
    if (primary) {
      if (length > 0) {
        violation(MimeViolation.HEADER_END, new String(buffer, offset, length, ISO_8859_1));
      }
      sink.endOfPrimaryHeader();
    }
    checkEncodingDomain();
    if (length > 0) {
      if (primary) { // a body that follows without the empty line: add it
        body(NOTHING, 0, 0, true);
      }
      enterBody();
      return;
    }
    position = 0;
    switch (type) {
      case MESSAGE_RFC822, MESSAGE_GLOBAL -> {
        place = Place.NESTED;
        type = ContentType.Kind.TEXT;
        encoding = MimeEncoding.SEVEN_BIT;
      }
      case MULTIPART -> {
        enterBody();
        type = ContentType.Kind.OTHER;
        encoding = MimeEncoding.SEVEN_BIT;
      }
      default -> enterBody();
    }
  }

  private void enterBody() {
    place = Place.BODY;
    position = 0;
  }

  private void body(byte[] buffer, int offset, int length, boolean endsLine) throws IOException {
    sink.body(buffer, offset, length, endsLine, position);
    position += length + 1;
  }

  private void contentType(String text) throws IOException {
    ContentType content = ContentType.of(HeaderSyntax.value(text), type);
    type = content.kind();
    for (String boundary : content.boundaries()) {
      if (!boundaries.enter(boundary, content.parts())) {
        violation(MimeViolation.NESTING, text);
      }
    }
  }

  private void separated(MimeBoundaries.Separator by) {
    if (by.last()) {
      enterBody();
    } else {
      place = Place.MULTIPART;
    }
    type = by.next();
    encoding = MimeEncoding.SEVEN_BIT;
  }
}
