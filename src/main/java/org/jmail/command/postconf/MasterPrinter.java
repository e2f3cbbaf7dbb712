package org.jmail.command.postconf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MasterEntry;
import org.jmail.base.wire.JsonText;

/// Shows services of master.cf, their columns and their parameters. Postfix counterpart:
/// postconf_master.c.
final class MasterPrinter {
  private final Arguments arguments;
  private final List<Service> services;
  private final KnownParameters known;
  private final Evaluator evaluator;
  private final Output output;

  MasterPrinter(
      Arguments arguments,
      List<Service> services,
      KnownParameters known,
      Evaluator evaluator,
      Output output) {
    this.arguments = arguments;
    this.services = services;
    this.known = known;
    this.evaluator = evaluator;
    this.output = output;
  }

  void print() throws BadValueException {
    if (arguments.has(Option.MASTER_FIELDS)) {
      List<Pattern> patterns = patterns("-F option requires service_name[/type[/field]]", 3);
      for (Pattern pattern : patterns) {
        column(pattern);
      }
      each(patterns, this::printColumns);
    } else if (arguments.has(Option.MASTER_PARAMETERS)) {
      each(
          patterns("-P option requires service_name[/type[/parameter]]", 3), this::printParameters);
    } else {
      each(patterns("-M option requires service_name[/type]", 2), this::printEntry);
    }
  }

  private interface Printer {
    /// Prints what a pattern selects of a service; false when that is nothing.
    boolean print(Service service, Pattern pattern) throws BadValueException;
  }

  private List<Pattern> patterns(String usage, int most) throws BadValueException {
    List<Pattern> patterns = new ArrayList<>();
    for (String name : arguments.names()) {
      patterns.add(Pattern.parse(name, 1, most).orElseThrow(() -> new BadValueException(usage)));
    }
    return patterns;
  }

  private void each(List<Pattern> patterns, Printer printer) throws BadValueException {
    Set<Pattern> matched = new HashSet<>();
    List<Pattern> wanted =
        patterns.isEmpty() ? Pattern.parse("*", 1, 1).stream().toList() : patterns;
    for (Service service : services) {
      for (Pattern pattern : wanted) {
        if (pattern.matches(service) && printer.print(service, pattern)) {
          matched.add(pattern);
        }
      }
    }
    for (Pattern pattern : patterns) {
      if (!matched.contains(pattern)) {
        output.warning("unmatched request: \"" + pattern.text() + "\"");
      }
    }
  }

  private boolean printEntry(Service service, Pattern pattern) throws BadValueException {
    List<String> shown = shownArguments(service);
    if (arguments.has(Option.JSON)) {
      String value = String.join(" ", service.columns()) + Lines.flat(shown);
      output.print(
          "{" + JsonText.quoted(service.nameSpace()) + ": " + JsonText.quoted(value) + "}\n");
    } else {
      output.print(Lines.shownMaster(service.columns(), shown, arguments.has(Option.FOLD)));
    }
    return true;
  }

  /// The arguments, with `-o` values expanded if asked for.
  private List<String> shownArguments(Service service) throws BadValueException {
    List<String> shown = new ArrayList<>(service.arguments());
    if (arguments.has(Option.EXPAND)) {
      for (int i = 0; i < shown.size() && !MasterEntry.endsOptions(shown.get(i)); i++) {
        if (service.isOption(i)) {
          i++;
          shown.set(i, evaluator.expand(shown.get(i), Optional.of(service)));
        }
      }
    }
    return shown;
  }

  /// The number of the column that a pattern names; -1 for all.
  private static int column(Pattern pattern) throws BadValueException {
    int column = MasterColumns.NAMES.indexOf(pattern.what());
    if (column < 0 && !pattern.anything()) {
      throw new BadValueException("invalid service attribute name: \"" + pattern.what() + "\"");
    }
    return column;
  }

  private boolean printColumns(Service service, Pattern pattern) throws BadValueException {
    int wanted = column(pattern);
    for (int column = 0; column < MasterEntry.COLUMNS; column++) {
      if (wanted < 0 || wanted == column) {
        printColumn(service, column);
      }
    }
    return true;
  }

  private void printColumn(Service service, int column) throws BadValueException {
    String name = service.nameSpace() + "/" + MasterColumns.NAMES.get(column);
    String value = service.columns().get(column);
    List<String> shown = column == 7 ? shownArguments(service) : List.of();
    if (arguments.has(Option.JSON)) {
      output.print(
          "{" + JsonText.quoted(name) + ": " + JsonText.quoted(value + Lines.flat(shown)) + "}\n");
    } else if (arguments.has(Option.HIDE_VALUE)) {
      output.print(name + "\n");
    } else {
      String label = arguments.has(Option.HIDE_NAME) ? "" : name + " = ";
      output.print(Lines.command(label, value, shown, arguments.has(Option.FOLD)));
    }
  }

  private boolean printParameters(Service service, Pattern pattern) throws BadValueException {
    Map<String, String> parameters = parameters(service);
    if (!pattern.anything()) {
      String value = parameters.get(pattern.what());
      if (value != null) {
        printParameter(service, pattern.what(), value);
      }
      return value != null;
    }
    for (Map.Entry<String, String> parameter : new TreeMap<>(parameters).entrySet()) {
      printParameter(service, parameter.getKey(), parameter.getValue());
    }
    return arguments.has(Option.MERGED_PARAMETERS) || !parameters.isEmpty();
  }

  /// The service's own settings, or with `-PP` all that it sees.
  private Map<String, String> parameters(Service service) throws BadValueException {
    if (!arguments.has(Option.MERGED_PARAMETERS)) {
      return service.settings();
    }
    Map<String, String> merged = new TreeMap<>(service.settings());
    for (Map.Entry<String, KnownParameters.Known> entry : known.all().entrySet()) {
      if (!arguments.names().isEmpty() || arguments.classes().contains(entry.getValue().origin())) {
        Optional<String> value = evaluator.value(entry.getKey(), Optional.of(service));
        if (value.isPresent()) {
          merged.put(entry.getKey(), value.get());
        }
      }
    }
    return merged;
  }

  private void printParameter(Service service, String parameter, String unexpanded)
      throws BadValueException {
    String name = service.nameSpace() + "/" + parameter;
    boolean fold = arguments.has(Option.FOLD);
    if (arguments.has(Option.HIDE_VALUE)) {
      output.print(Lines.words(name, fold));
      return;
    }
    String value =
        arguments.has(Option.EXPAND)
            ? evaluator.expand(unexpanded, Optional.of(service))
            : unexpanded;
    if (arguments.has(Option.JSON)) {
      output.print("{" + JsonText.quoted(name) + ": " + JsonText.quoted(value) + "}\n");
    } else if (arguments.has(Option.HIDE_NAME)) {
      output.print(Lines.words(value, fold));
    } else {
      output.print(Lines.words(name + " = " + value, fold));
    }
  }
}
