package org.jmail.base.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jmail.base.config.BadValueException;
import org.jspecify.annotations.Nullable;

/// The rules of a table: in a file, which may change, or in main.cf itself as `{{rule}, {rule}}`
/// (Postfix dict_stream.c).
final class TextSource<T> {

  private final @Nullable FileSnapshot<T> file;
  private final @Nullable T fixed;

  private TextSource(@Nullable FileSnapshot<T> file, @Nullable T fixed) {
    this.file = file;
    this.fixed = fixed;
  }

  static <T> TextSource<T> open(
      String type, String name, TableContext context, FileSnapshot.Loader<T> loader)
      throws TableException {
    if (!name.startsWith("{")) {
      return new TextSource<>(new FileSnapshot<>(name, "open " + name, context, loader), null);
    }
    StringBuilder text = new StringBuilder();
    try {
      for (String rule : Braces.words(Braces.content(name))) {
        text.append(Ascii.trim(Braces.content(rule))).append('\n');
      }
      ByteArrayInputStream in = new ByteArrayInputStream(text.toString().getBytes(ISO_8859_1));
      return new TextSource<>(null, loader.load(new LogicalLines(in, name, context.warning())));
    } catch (BadValueException | IOException e) {
      throw new TableException(type + " map: " + e.getMessage(), e);
    }
  }

  T current() throws TableException {
    if (fixed != null) {
      return fixed;
    }
    return file().current();
  }

  TableOwner owner() throws TableException {
    return fixed != null ? TableOwner.TRUSTED : file().owner();
  }

  private FileSnapshot<T> file() {
    if (file == null) {
      throw new IllegalStateException("neither file nor text");
    }
    return file;
  }
}
