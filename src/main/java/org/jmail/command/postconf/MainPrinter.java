package org.jmail.command.postconf;

import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.wire.JsonText;

/// Shows main.cf parameters. Postfix counterpart: postconf_main.c.
final class MainPrinter {
  private final Arguments arguments;
  private final KnownParameters known;
  private final Evaluator evaluator;
  private final Output output;

  MainPrinter(Arguments arguments, KnownParameters known, Evaluator evaluator, Output output) {
    this.arguments = arguments;
    this.known = known;
    this.evaluator = evaluator;
    this.output = output;
  }

  void print() throws BadValueException {
    if (!arguments.names().isEmpty()) {
      for (String name : arguments.names()) {
        if (known.has(name)) {
          print(name);
        } else {
          output.warning(name + ": unknown parameter");
        }
      }
      return;
    }
    for (Map.Entry<String, KnownParameters.Known> entry : known.all().entrySet()) {
      if (arguments.classes().contains(entry.getValue().origin())) {
        print(entry.getKey());
      }
    }
  }

  private void print(String name) throws BadValueException {
    Optional<String> found =
        arguments.has(Option.NON_DEFAULT)
            ? evaluator.setting(name, Optional.empty())
            : evaluator.value(name, Optional.empty());
    if (found.isEmpty()) {
      return;
    }
    boolean fold = arguments.has(Option.FOLD);
    if (arguments.has(Option.HIDE_VALUE)) {
      output.print(Lines.words(name, fold));
      return;
    }
    String value =
        arguments.has(Option.EXPAND) && !known.isRaw(name)
            ? evaluator.expand(found.get(), Optional.empty())
            : found.get();
    if (arguments.has(Option.JSON)) {
      output.print("{" + JsonText.quoted(name) + ": " + JsonText.quoted(value) + "}\n");
    } else if (arguments.has(Option.HIDE_NAME)) {
      output.print(Lines.words(value, fold));
    } else {
      output.print(Lines.words(name + " = " + value, fold));
    }
  }
}
