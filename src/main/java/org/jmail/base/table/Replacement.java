package org.jmail.base.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import org.jmail.base.config.BadValueException;

/// The result of a regexp or pcre rule, in which `$1`, `${1}` and `$(1)` stand for what a group
/// matched and `$$` for `$` (Postfix mac_parse.c, dict_regexp.c).
///
/// @param parts text and groups in order
/// @param highestGroup 0 when there is none
record Replacement(List<Part> parts, int highestGroup) {

  /// Text when group is 0.
  record Part(String text, int group) {}

  /// Reads a result.
  ///
  /// @throws BadValueException saying what is wrong with it
  static Replacement parse(String text) throws BadValueException {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int highest = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$') {
        literal.append(c);
        at++;
      } else if (text.startsWith("$$", at)) {
        literal.append('$');
        at += 2;
      } else {
        int start = at + 1;
        char open = start < text.length() ? text.charAt(start) : ' ';
        String name;
        if (open == '{' || open == '(') {
          int end = text.indexOf(open == '{' ? '}' : ')', start);
          if (end < 0) {
            throw new BadValueException("truncated macro reference: \"" + text + "\"");
          }
          name = text.substring(start + 1, end);
          at = end + 1;
        } else {
          int end = start;
          while (end < text.length()
              && (Ascii.isAlphanumeric(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
          }
          name = text.substring(start, end);
          at = end;
        }
        int group = group(name, text);
        highest = Math.max(highest, group);
        parts.add(new Part(literal.toString(), 0));
        literal.setLength(0);
        parts.add(new Part("", group));
      }
    }
    parts.add(new Part(literal.toString(), 0));
    return new Replacement(List.copyOf(parts), highest);
  }

  private static int group(String name, String text) throws BadValueException {
    if (name.isEmpty()) {
      throw new BadValueException("empty macro name: \"" + text + "\"");
    }
    if (!Ascii.isAllDigits(name)) {
      throw new BadValueException("non-numeric replacement index \"" + name + "\"");
    }
    int group = name.length() > 6 ? 0 : Integer.parseInt(name);
    if (group < 1) {
      throw new BadValueException("out-of-range replacement index \"" + name + "\"");
    }
    return group;
  }

  /// The result for what was matched; a group that took no part is empty.
  String expand(MatchResult match, String key) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (part.group == 0) {
        out.append(part.text);
      } else if (match.start(part.group) >= 0) {
        out.append(key, match.start(part.group), match.end(part.group));
      }
    }
    return out.toString();
  }

  /// The result when there is no group in it.
  String literal() {
    StringBuilder out = new StringBuilder();
    parts.forEach(part -> out.append(part.text));
    return out.toString();
  }
}
