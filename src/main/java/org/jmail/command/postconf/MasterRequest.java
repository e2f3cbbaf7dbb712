package org.jmail.command.postconf;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.NameValue;

/// One change to master.cf that the command line asks for.
///
/// @param text as given
/// @param value the new value; empty when something is removed
record MasterRequest(String text, Pattern pattern, String value) {
  private static final String OPTIONS = "-Me, -Fe, -Pe, -X, or -#";

  static MasterRequest parse(String text, Arguments arguments) throws BadValueException {
    if (text.indexOf('\n') >= 0) {
      throw new BadValueException(OPTIONS + " accept no multi-line input");
    }
    String request = text.stripLeading();
    if (request.startsWith("#")) {
      throw new BadValueException(OPTIONS + " accept no comment input");
    }
    String target = request.stripTrailing();
    String value = "";
    if (arguments.has(Option.EDIT)) {
      try {
        NameValue entry = NameValue.parse(request);
        target = entry.name();
        value = entry.value();
      } catch (BadValueException e) {
        throw new BadValueException(e.getMessage() + ": \"" + text + "\"", e);
      }
    } else if (request.indexOf('=') >= 0) {
      throw new BadValueException("-X or -# requires names without value");
    }
    MasterRequest parsed = new MasterRequest(text, pattern(target, arguments), value);
    parsed.check(arguments);
    return parsed;
  }

  private static Pattern pattern(String target, Arguments arguments) throws BadValueException {
    if (arguments.has(Option.MASTER_ENTRIES)) {
      return required(target, 2, "-Me, -MX or -M# requires service_name/type");
    }
    return arguments.has(Option.MASTER_FIELDS)
        ? required(target, 3, "-Fe or -FX requires service_name/type/field_name")
        : required(target, 3, "-Pe or -PX requires service_name/type/parameter");
  }

  private static Pattern required(String target, int parts, String usage) throws BadValueException {
    return Pattern.parse(target, parts, parts).orElseThrow(() -> new BadValueException(usage));
  }

  private void check(Arguments arguments) throws BadValueException {
    boolean blanks = value.chars().anyMatch(c -> " \t\r\n".indexOf(c) >= 0);
    if (arguments.has(Option.MASTER_FIELDS)) {
      int column = column();
      if (pattern.anything()) {
        throw new BadValueException("-Fe does not accept wild-card field name");
      }
      if (column < 0) {
        throw new BadValueException("invalid service attribute name: \"" + pattern.what() + "\"");
      }
      if (column < 7 && blanks) {
        throw new BadValueException("-Fe does not accept whitespace in non-command field");
      }
    } else if (arguments.has(Option.MASTER_PARAMETERS)) {
      if (pattern.anything()) {
        throw new BadValueException("-Pe does not accept wild-card parameter name");
      }
      if (blanks) {
        throw new BadValueException("-Pe does not accept whitespace in parameter value");
      }
    }
  }

  /// The column that is changed; -1 when there is none of that name.
  int column() {
    return MasterColumns.NAMES.indexOf(pattern.what());
  }
}
