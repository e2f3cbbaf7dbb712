package org.jmail.base.table;

import java.util.ArrayList;
import java.util.List;
import org.jmail.base.config.BadValueException;

/// The groups of a Perl-compatible pattern. Named ones are numbered: java.util.regex allows fewer
/// names.
///
/// @param names in order; empty for a group without one
record PcreGroups(List<String> names) {

  PcreGroups {
    names = List.copyOf(names);
  }

  static PcreGroups of(String text) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        i = endOfClass(text, i);
      } else if (c == '(') {
        String name = nameAt(text, i);
        boolean plain = !text.startsWith("(?", i) && !text.startsWith("(*", i);
        if (plain || !name.isEmpty()) {
          names.add(plain ? "" : name);
        }
      }
    }
    return new PcreGroups(names);
  }

  /// Where the character class that begins at `start` ends; `start` when it does not. A `]` that
  /// comes first belongs to it.
  private static int endOfClass(String text, int start) {
    int first = start + (text.startsWith("[^", start) ? 2 : 1);
    int i = first;
    while (i < text.length() && (i == first || text.charAt(i) != ']')) {
      int name = text.startsWith("[:", i) ? text.indexOf(":]", i) : -1;
      if (name > 0) {
        i = name + 2;
      } else {
        i += text.charAt(i) == '\\' ? 2 : 1;
      }
    }
    return i < text.length() ? i : start;
  }

  int count() {
    return names.size();
  }

  int number(String name) throws BadValueException {
    int index = names.indexOf(name);
    if (name.isEmpty() || index < 0) {
      throw new BadValueException("error in regex: reference to non-existent subpattern");
    }
    return index + 1;
  }

  /// The name of a group that begins here; empty when it has none.
  static String nameAt(String text, int i) {
    int start = text.startsWith("(?P<", i) ? i + 4 : i + 3;
    boolean angle =
        text.startsWith("(?P<", i)
            || (text.startsWith("(?<", i)
                && !text.startsWith("(?<=", i)
                && !text.startsWith("(?<!", i));
    if (!angle && !text.startsWith("(?'", i)) {
      return "";
    }
    int end = text.indexOf(angle ? '>' : '\'', start);
    return end < 0 ? "" : text.substring(start, end);
  }
}
