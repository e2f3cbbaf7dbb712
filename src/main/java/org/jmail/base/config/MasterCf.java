package org.jmail.base.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The services of a master.cf, in order. Postfix counterpart: master_ent.c.
public record MasterCf(String file, List<MasterService> services, List<String> warnings) {

  public MasterCf {
    services = List.copyOf(services);
    warnings = List.copyOf(warnings);
  }

  /// Reads a file.
  ///
  /// @throws BadValueException naming file, line and field
  public static MasterCf read(Path file) throws BadValueException {
    return parse(file.toString(), MainCf.readText(file));
  }

  /// Parses a text of octets.
  public static MasterCf parse(String file, String text) throws BadValueException {
    List<String> warnings = new ArrayList<>();
    Map<String, MasterService> services = new LinkedHashMap<>();
    for (LogicalLine line : LogicalLine.split(file, text, warnings)) {
      MasterService service = new Row(file, line.firstLine()).parse(line.text());
      MasterService old = services.put(service.type().text() + " " + service.name(), service);
      if (old != null) {
        warnings.add(
            service.where()
                + ": duplicate service "
                + service.name()
                + "/"
                + service.type().text()
                + " replaces the one of line "
                + old.line());
      }
    }
    return new MasterCf(file, new ArrayList<>(services.values()), warnings);
  }

  /// The first service of that name, whatever its type.
  public Optional<MasterService> service(String name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  /// The service of a name and type.
  ///
  /// @param type as in the second column
  public Optional<MasterService> service(String type, String name) {
    return services.stream()
        .filter(service -> service.name().equals(name) && service.type().text().equals(type))
        .findFirst();
  }

  /// Reads one line.
  private record Row(String file, int line) {

    MasterService parse(String text) throws BadValueException {
      List<String> problems = new ArrayList<>();
      MasterEntry entry;
      try {
        entry = MasterEntry.parse(text, problems);
      } catch (BadValueException e) {
        throw bad(missingField(text));
      }
      if (!problems.isEmpty()) {
        throw bad(problems.getFirst());
      }
      List<String> columns = entry.columns();
      MasterService.Type type = type(columns.get(1));
      boolean isPrivate = flag("private", columns.get(2), true);
      if (isPrivate && type == MasterService.Type.INET) {
        throw bad("inet service cannot be private; write n in the third column");
      }
      boolean unprivileged = flag("unprivileged", columns.get(3), true);
      boolean chroot = flag("chroot", columns.get(4), false);
      String wakeup = columns.get(5);
      boolean ifUsed = wakeup.endsWith("?");
      int seconds =
          number("wakeup_time", ifUsed ? wakeup.substring(0, wakeup.length() - 1) : wakeup)
              .orElse(0);
      OptionalInt limit = number("max_proc", columns.get(6));
      if (columns.get(7).equals("-")) {
        throw bad("field \"command\" has no default value");
      }
      List<String> flags = new ArrayList<>();
      Map<String, Setting> settings = new LinkedHashMap<>();
      List<String> words = entry.arguments();
      int end = options(words, flags, settings);
      return new MasterService(
          columns.get(0),
          type,
          isPrivate,
          unprivileged,
          chroot,
          Duration.ofSeconds(seconds),
          ifUsed && seconds > 0,
          limit,
          columns.get(7),
          flags,
          words.subList(end, words.size()),
          settings,
          file,
          line);
    }

    /// Reads the options; gives the position after them.
    private int options(List<String> words, List<String> flags, Map<String, Setting> settings)
        throws BadValueException {
      int i = 0;
      while (i < words.size() && !MasterEntry.endsOptions(words.get(i))) {
        if (words.get(i).equals("-o")) {
          i++;
          NameValue entry = nameValue(i < words.size() ? words.get(i) : "");
          settings.put(entry.name(), new Setting(entry.value(), file, line));
        } else {
          flags.add(words.get(i));
        }
        i++;
      }
      return i < words.size() && words.get(i).equals("--") ? i + 1 : i;
    }

    private NameValue nameValue(String text) throws BadValueException {
      try {
        return NameValue.parse(text);
      } catch (BadValueException e) {
        throw bad(
            "invalid \"-o "
                + text
                + "\" option value: "
                + e.getMessage()
                + "; write -o name=value or -o { name = value }");
      }
    }

    private MasterService.Type type(String text) throws BadValueException {
      for (MasterService.Type type : MasterService.Type.values()) {
        if (type.text().equals(text)) {
          return type;
        }
      }
      throw bad("bad transport type: " + text + "; specify inet, unix, unix-dgram, fifo or pass");
    }

    private boolean flag(String field, String text, boolean byDefault) throws BadValueException {
      return switch (text) {
        case "y" -> true;
        case "n" -> false;
        case "-" -> byDefault;
        default ->
            throw bad("field \"" + field + "\": bad value: \"" + text + "\"; specify y, n or -");
      };
    }

    private OptionalInt number(String field, String text) throws BadValueException {
      if (text.equals("-")) {
        return OptionalInt.empty();
      }
      try {
        return OptionalInt.of(Integer.parseUnsignedInt(text));
      } catch (NumberFormatException e) {
        throw bad("field \"" + field + "\": bad value: \"" + text + "\"; specify a number or -");
      }
    }

    private static String missingField(String text) {
      List<String> names =
          List.of(
              "service name",
              "transport type",
              "private",
              "unprivileged",
              "chroot",
              "wakeup_time",
              "max_proc",
              "command");
      int found = Words.split(text, Words.SPACE).size();
      return "missing \"" + names.get(Math.min(found, names.size() - 1)) + "\" field";
    }

    private BadValueException bad(String problem) {
      return new BadValueException(file + ": line " + line + ": " + problem);
    }
  }
}
