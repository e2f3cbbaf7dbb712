package org.jmail.base.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a Content-Type: header says of the structure of what follows (RFC 2045 section 5; Postfix
/// mime_state_content_type).
///
/// @param boundaries every boundary parameter, although more than one is not allowed: a part must
///   not hide behind the one that another mail reader believes
/// @param parts what a part is that does not say
record ContentType(Kind kind, List<String> boundaries, Kind parts) {

  /// As far as it matters for what may be inside.
  enum Kind {
    TEXT,
    MESSAGE_RFC822,
    MESSAGE_GLOBAL,
    /// message/partial and message/external-body.
    MESSAGE_PARTIAL,
    MESSAGE_OTHER,
    MULTIPART,
    OTHER
  }

  ContentType {
    boundaries = List.copyOf(boundaries);
  }

  private ContentType(Kind kind) {
    this(kind, List.of(), Kind.TEXT);
  }

  /// @param value of the header
  /// @param before what holds when the header says something that is not known
  static ContentType of(String value, Kind before) {
    ContentTypeTokens items = new ContentTypeTokens(value);
    List<ContentTypeTokens.Token> tokens = items.next();
    if (tokens.isEmpty()) {
      return new ContentType(Kind.OTHER);
    }
    String subtype =
        tokens.size() >= 3 && tokens.get(1).isSpecial('/') && !tokens.get(2).quoted()
            ? tokens.get(2).text().toLowerCase(Locale.ROOT)
            : "";
    if (tokens.getFirst().isWord("text")) {
      return new ContentType(Kind.TEXT);
    }
    if (tokens.getFirst().isWord("message")) {
      return new ContentType(message(subtype));
    }
    if (tokens.getFirst().isWord("multipart")) {
      Kind parts = subtype.equals("digest") ? Kind.MESSAGE_RFC822 : Kind.TEXT;
      return new ContentType(Kind.MULTIPART, boundaries(items), parts);
    }
    return new ContentType(before);
  }

  private static Kind message(String subtype) {
    return switch (subtype) {
      case "rfc822" -> Kind.MESSAGE_RFC822;
      case "global" -> Kind.MESSAGE_GLOBAL;
      case "partial", "external-body" -> Kind.MESSAGE_PARTIAL;
      default -> Kind.MESSAGE_OTHER;
    };
  }

  private static List<String> boundaries(ContentTypeTokens items) {
    List<String> boundaries = new ArrayList<>();
    while (items.hasNext()) {
      List<ContentTypeTokens.Token> tokens = items.next();
      if (tokens.size() >= 3 && tokens.get(0).isWord("boundary") && tokens.get(1).isSpecial('=')) {
        boundaries.add(tokens.get(2).text());
      }
    }
    return boundaries;
  }
}
