package org.jmail.command.postconf;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.NameValue;

/// Changes settings in the text of a main.cf; comments and everything else stay as they are.
/// Postfix counterpart: pcf_edit_main in postconf_edit.c.
final class MainEditor {
  private final String file;
  private final Option edit;
  private final Output output;

  /// What to do by name; the value is empty unless it is set.
  private final Map<String, String> requests = new TreeMap<>();

  /// @param edit EDIT, DELETE or COMMENT_OUT
  MainEditor(String file, Option edit, Output output) {
    this.file = file;
    this.edit = edit;
    this.output = output;
  }

  /// Reads what the command line asks for.
  void request(List<String> words) throws BadValueException {
    for (String word : words) {
      if (word.indexOf('\n') >= 0) {
        throw new BadValueException("-e, -X, or -# accepts no multi-line input");
      }
      String text = word.stripLeading();
      if (text.startsWith("#")) {
        throw new BadValueException("-e, -X, or -# accepts no comment input");
      }
      if (edit == Option.EDIT) {
        set(text);
      } else if (text.isEmpty()) {
        throw new BadValueException("-X or -# requires non-blank parameter names");
      } else if (text.indexOf('=') >= 0) {
        throw new BadValueException("-X or -# requires parameter names without value");
      } else {
        requests.put(text.stripTrailing(), "");
      }
    }
  }

  private void set(String text) throws BadValueException {
    NameValue entry;
    try {
      entry = NameValue.parse(text);
    } catch (BadValueException e) {
      throw new BadValueException(e.getMessage() + ": \"" + text + "\"", e);
    }
    String earlier = requests.put(entry.name(), entry.value());
    if (earlier != null && !earlier.equals(entry.value())) {
      output.warning("ignoring earlier request: '" + entry.name() + " = " + earlier + "'");
    }
  }

  /// The changed text.
  String apply(String text) {
    StringBuilder changed = new StringBuilder(text.length() + 64);
    Set<String> found = new HashSet<>();
    Set<String> twice = new HashSet<>();
    boolean affected = false;
    for (PhysicalLine line : PhysicalLine.split(text)) {
      if (line.isCommentOrBlank()) {
        changed.append(line.text());
      } else if (line.continues()) {
        changed.append(affected ? removed(line.text()) : line.text());
      } else {
        String name = line.name();
        affected = requests.containsKey(name);
        if (!affected) {
          changed.append(line.text());
          continue;
        }
        if (!found.add(name) && twice.add(name)) {
          output.warning(file + ": multiple entries for \"" + name + "\"");
        }
        changed.append(
            edit == Option.EDIT ? name + " = " + requests.get(name) + "\n" : removed(line.text()));
      }
    }
    if (edit == Option.EDIT) {
      requests.forEach((name, value) -> {
        if (!found.contains(name)) {
          changed.append(name).append(" = ").append(value).append('\n');
        }
      });
    }
    return changed.toString();
  }

  private String removed(String line) {
    return edit == Option.COMMENT_OUT ? "#" + line : "";
  }
}
