package org.jmail.command.postconf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Words;

/// Changes services in the text of a master.cf; comments and other services stay as they are.
/// Confined to one run. Postfix counterpart: pcf_edit_master in postconf_edit.c.
final class MasterEditor {
  private final String file;
  private final Arguments arguments;
  private final Output output;
  private final List<MasterRequest> requests = new ArrayList<>();
  private final Map<MasterRequest, Integer> matches = new HashMap<>();

  MasterEditor(String file, Arguments arguments, Output output) {
    this.file = file;
    this.arguments = arguments;
    this.output = output;
  }

  /// Reads what the command line asks for.
  void request(List<String> words) throws BadValueException {
    for (String word : words) {
      requests.add(MasterRequest.parse(word, arguments));
    }
  }

  /// The changed text.
  String apply(String text) throws BadValueException {
    StringBuilder changed = new StringBuilder(text.length() + 256);
    List<PhysicalLine> lines = PhysicalLine.split(text);
    boolean affected = false;
    for (int i = 0; i < lines.size(); i++) {
      PhysicalLine line = lines.get(i);
      if (line.isCommentOrBlank()) {
        changed.append(line.text());
        continue;
      }
      if (line.continues()) {
        changed.append(affected ? removed(line.text()) : line.text());
        continue;
      }
      Entry entry = new Entry(lines, i);
      affected = edit(entry);
      if (entry.replacement.isPresent()) {
        // Comments inside the old entry come before the new one.
        entry.commentsInside().forEach(changed::append);
        i = entry.last();
        changed.append(print(entry.replacement.get()));
      } else {
        changed.append(affected ? removed(line.text()) : line.text());
      }
    }
    addUnmatched(changed);
    return changed.toString();
  }

  /// One service in the text, and what becomes of it.
  private final class Entry {
    final List<PhysicalLine> lines;
    final int first;
    final String name;
    final String type;
    Optional<Service> replacement = Optional.empty();

    /// Whether the whole service was given anew.
    boolean whole;

    Entry(List<PhysicalLine> lines, int first) throws BadValueException {
      this.lines = lines;
      this.first = first;
      int number = lines.get(first).number();
      List<String> words = Words.split(lines.get(first).text(), Words.SPACE);
      if (words.size() < 2) {
        throw at(number, "specify service name and type on the same line");
      }
      name = words.get(0);
      type = words.get(1);
      if (name.indexOf('=') >= 0) {
        throw at(number, "service name syntax \"" + name + "\" is unsupported");
      }
      if (type.indexOf('=') >= 0 || type.indexOf('/') >= 0) {
        throw at(number, "service type syntax \"" + type + "\" is unsupported");
      }
    }

    /// The last line that belongs to it; a whole replacement leaves the lines after the first to be
    /// dropped one by one.
    int last() {
      if (whole) {
        return first;
      }
      int last = first;
      for (int i = first + 1; i < lines.size(); i++) {
        PhysicalLine line = lines.get(i);
        if (!line.isCommentOrBlank() && !line.continues()) {
          break;
        }
        last = i;
      }
      return last;
    }

    List<String> commentsInside() {
      return lines.subList(first + 1, last() + 1).stream()
          .filter(PhysicalLine::isCommentOrBlank)
          .map(PhysicalLine::text)
          .toList();
    }

    /// The service as it is in the file.
    Service parse() throws BadValueException {
      StringBuilder text = new StringBuilder();
      for (PhysicalLine line : lines.subList(first, last() + 1)) {
        if (!line.isCommentOrBlank()) {
          text.append(line.text());
        }
      }
      try {
        return Service.parse(text.toString(), output);
      } catch (BadValueException e) {
        throw e.getMessage().startsWith("invalid ") // as Postfix
            ? e
            : at(lines.get(first).number(), e.getMessage());
      }
    }
  }

  /// Applies every request that matches; false when none does.
  private boolean edit(Entry entry) throws BadValueException {
    boolean matched = false;
    for (MasterRequest request : requests) {
      Optional<Service> whole = wholeService(request);
      boolean target =
          request.pattern().matches(entry.name, entry.type)
              || whole
                  .filter(service ->
                      service.name().equals(entry.name) && service.type().equals(entry.type))
                  .isPresent();
      if (!target) {
        continue;
      }
      matched = true;
      int count = matches.merge(request, 1, Integer::sum);
      if (whole.isPresent()) {
        if (count == 1) {
          entry.replacement = whole;
          entry.whole = true;
        }
      } else if (!arguments.has(Option.MASTER_ENTRIES)) {
        if (entry.replacement.isEmpty()) {
          entry.replacement = Optional.of(entry.parse());
        }
        change(entry.replacement.get(), request);
      }
    }
    return matched;
  }

  /// The service that a request gives in full.
  private Optional<Service> wholeService(MasterRequest request) throws BadValueException {
    if (!arguments.has(Option.MASTER_ENTRIES) || !arguments.has(Option.EDIT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Service.parse(request.value(), output));
    } catch (BadValueException e) {
      throw e.getMessage().equals("bad field count")
          ? new BadValueException(e.getMessage() + ": \"" + request.text() + "\"", e)
          : e;
    }
  }

  private void change(Service service, MasterRequest request) throws BadValueException {
    if (arguments.has(Option.MASTER_FIELDS)) {
      service.setColumn(request.column(), request.value(), output);
    } else if (arguments.has(Option.EDIT)) {
      service.setParameter(request.pattern().what(), request.value());
    } else {
      service.removeParameter(request.pattern().what());
    }
  }

  private void addUnmatched(StringBuilder changed) throws BadValueException {
    for (MasterRequest request : requests) {
      if (matches.containsKey(request)) {
        continue;
      }
      Optional<Service> whole = wholeService(request);
      if (whole.isPresent()) {
        changed.append(print(whole.get()));
      } else if (!arguments.has(Option.MASTER_ENTRIES)) {
        output.warning("unmatched service_name/type: \"" + request.text() + "\"");
      }
    }
  }

  private static String print(Service service) {
    return Lines.master(service.columns(), service.arguments(), true);
  }

  private String removed(String line) {
    return arguments.has(Option.COMMENT_OUT) ? "#" + line : "";
  }

  private BadValueException at(int line, String problem) {
    return new BadValueException("file " + file + ": line " + line + ": " + problem);
  }
}
