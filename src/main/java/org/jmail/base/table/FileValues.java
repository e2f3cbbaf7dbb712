package org.jmail.base.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/// Values that are the contents of files, kept in tables as Base64 (Postfix dict_file.c; `postmap
/// -F`, and the certificates of tls_server_sni_maps).
public final class FileValues {

  private FileValues() {}

  /// The contents of the files named, one after the other with a line feed between, in Base64.
  ///
  /// @throws TableException naming the file that cannot be read
  public static String encode(String pathNames) throws TableException {
    List<String> names = List.of(pathNames.split("[, \t\r\n]+", -1));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean first = true;
    for (String name : names) {
      if (name.isEmpty()) {
        continue;
      }
      try {
        if (!first) {
          all.write('\n');
        }
        all.write(Files.readAllBytes(Path.of(name)));
      } catch (IOException e) {
        throw new TableException("open " + name + ": " + FileErrors.text(e), e);
      }
      first = false;
    }
    if (first) {
      throw new TableException("empty pathname list: >>" + pathNames + "<<'");
    }
    return Base64.getEncoder().encodeToString(all.toByteArray());
  }

  /// What [#encode] took.
  ///
  /// @throws TableException when the value is not Base64
  public static String decode(String value) throws TableException {
    try {
      return new String(
          Base64.getDecoder().decode(value.getBytes(StandardCharsets.ISO_8859_1)),
          StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      throw new TableException(
          "malformed BASE64 value: " + value.substring(0, Math.min(30, value.length())), e);
    }
  }
}
