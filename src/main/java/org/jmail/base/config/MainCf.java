package org.jmail.base.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of a main.cf as written, in order, each with its line; of several settings of one
/// name the last counts. Postfix counterpart: dict_load_fp in dict.c.
///
/// @param file named in messages
/// @param warnings duplicates with another value, stray continuation lines
public record MainCf(String file, Map<String, Setting> settings, List<String> warnings) {

  public MainCf {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    warnings = List.copyOf(warnings);
  }

  /// Reads a file.
  ///
  /// @throws BadValueException when it cannot be read, or a line is not `name = value`
  public static MainCf read(Path file) throws BadValueException {
    return parse(file.toString(), readText(file));
  }

  /// Parses a text of octets.
  public static MainCf parse(String file, String text) throws BadValueException {
    List<String> warnings = new ArrayList<>();
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (LogicalLine line : LogicalLine.split(file, text, warnings)) {
      String where = file + ", line " + line.firstLine() + ": ";
      NameValue entry;
      try {
        entry = NameValue.parse(line.text());
      } catch (BadValueException e) {
        throw new BadValueException(
            where + e.getMessage() + ": \"" + line.text() + "\"; write it as name = value", e);
      }
      Setting old = settings.put(entry.name(), new Setting(entry.value(), file, line.firstLine()));
      if (old != null && !old.value().equals(entry.value())) {
        warnings.add(where + "overriding earlier entry: " + entry.name() + "=" + old.value());
      }
    }
    return new MainCf(file, settings, warnings);
  }

  /// A whole configuration file as octets.
  ///
  /// @throws BadValueException saying why it cannot be read
  public static String readText(Path file) throws BadValueException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new BadValueException("open " + file + ": No such file or directory", e);
    } catch (java.nio.file.AccessDeniedException e) {
      throw new BadValueException("open " + file + ": Permission denied", e);
    } catch (IOException e) {
      throw new BadValueException("read " + file + ": " + e.getMessage(), e);
    }
  }
}
