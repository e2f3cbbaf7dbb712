package org.jmail.command.sendmail;

import java.util.List;
import java.util.Locale;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.command.sendmail.OptionScanner.UsageException;

/// Reads sendmail's command line: Sendmail's options as far as Postfix has them, and two that
/// scripts for Sendmail use and Postfix refuses, `-n` and `-X file`, which have no effect. For one
/// call. Messages are Postfix's (sendmail.c).
final class CommandLine {

  private final String name;
  private final Diagnostics diagnostics;
  private final ReportOptions reports;

  private Mode mode;
  private boolean dotEnds = true;
  private boolean extract;
  private boolean verify;
  private int verbose;
  private boolean senderGiven;
  private String sender = "";
  private boolean fullNameGiven;
  private String fullName = "";
  private BodyType body = BodyType.UNSPECIFIED;
  private boolean smtpUtf8;
  private boolean gateway;
  private String flushId = "";
  private String flushSite = "";
  private boolean interval;
  private String aliasFile = "";

  private CommandLine(String name, ReportOptions.Verp verp, Diagnostics diagnostics) {
    this.name = name;
    this.diagnostics = diagnostics;
    this.reports = new ReportOptions(verp, diagnostics);
    this.mode =
        switch (name) {
          case "mailq" -> Mode.MAILQ;
          case "newaliases" -> Mode.NEWALIASES;
          default -> Mode.ENQUEUE;
        };
  }

  static Options read(
      String name, List<String> arguments, ReportOptions.Verp verp, Diagnostics diagnostics)
      throws FatalException {
    return new CommandLine(name, verp, diagnostics).read(arguments);
  }

  /// The last `-C`, which must be known before all else; empty when there is none. Mistakes in
  /// other options are left to [#read].
  static String configuration(List<String> arguments) {
    OptionScanner scanner = new OptionScanner(arguments);
    String found = "";
    try {
      while (true) {
        if (scanner.at("-q") || scanner.at("-XV")) {
          scanner.skip();
          continue;
        }
        char option = scanner.next();
        if (option == 0) {
          return found;
        }
        if (option == 'C') {
          found = scanner.value();
        }
      }
    } catch (UsageException e) {
      return found;
    }
  }

  private Options read(List<String> arguments) throws FatalException {
    OptionScanner scanner = new OptionScanner(arguments);
    try {
      while (special(scanner) || option(scanner)) {}
    } catch (UsageException e) {
      diagnostics.print(String.valueOf(e.getMessage()));
      throw new FatalException("usage: " + name + " [options]");
    }
    checkCombinations();
    return new Options(
        mode,
        dotEnds,
        extract,
        senderGiven,
        sender,
        fullNameGiven,
        fullName,
        reports.notifyOn(),
        reports.dsn(trace()),
        body,
        smtpUtf8,
        gateway,
        flushId,
        flushSite,
        interval,
        aliasFile,
        List.copyOf(scanner.operands()));
  }

  /// `-q`, `-XV` and the old `-V` are no options that getopt(3) could read.
  private boolean special(OptionScanner scanner) throws FatalException {
    String word = scanner.whole();
    if (word.equals("-q")) {
      if (mode == Mode.DAEMON) {
        diagnostics.warning("ignoring -q option in daemon mode");
      } else {
        mode = Mode.FLUSH;
      }
    } else if (word.equals("-XV")) {
      reports.verp();
    } else if (word.equals("-V") && scanner.following().length() == 2) {
      diagnostics.warning("option -V is deprecated with Postfix 2.3; specify -XV instead");
      reports.verp();
    } else if (word.startsWith("-V") && word.length() == 4) {
      diagnostics.warning(
          "option "
              + word
              + " is deprecated with Postfix 2.3; specify -X"
              + word.substring(1)
              + " instead");
      reports.verp(word.substring(2));
    } else {
      return false;
    }
    scanner.skip();
    return true;
  }

  private boolean option(OptionScanner scanner) throws UsageException, FatalException {
    char option = scanner.next();
    String value = scanner.value();
    switch (option) {
      case 0 -> {
        return false;
      }
      case 'B' -> body = bodyType(value);
      case 'F' -> {
        fullNameGiven = true;
        fullName = value;
      }
      case 'G' -> gateway = true;
      case 'I' -> mode = Mode.NEWALIASES;
      case 'N' -> reports.notifyOn(value);
      case 'O' -> longOption(value);
      case 'R' -> reports.ret(value);
      case 'V' -> reports.envid(value);
      case 'X' -> {
        if (value.startsWith("V")) {
          reports.verp(value.substring(1));
        }
      }
      case 'b' -> mode(value);
      case 'f', 'r' -> {
        senderGiven = true;
        sender = value;
      }
      case 'i' -> dotEnds = false;
      case 'o' -> shortOption(value);
      case 'q' -> queue(value);
      case 't' -> extract = true;
      case 'v' -> verbose++;
      default -> {} // accepted, without effect: A C L U c e h m n p x
    }
    return true;
  }

  private DsnOptions.Trace trace() {
    if (verify) {
      return DsnOptions.Trace.VERIFY;
    }
    return verbose == 1 && mode == Mode.ENQUEUE ? DsnOptions.Trace.RECORD : DsnOptions.Trace.NONE;
  }

  private static BodyType bodyType(String value) throws FatalException {
    return switch (value) {
      case "8BITMIME" -> BodyType.EIGHT_BIT_MIME;
      case "7BIT" -> BodyType.SEVEN_BIT;
      default -> throw new FatalException("-B option needs 8BITMIME or 7BIT");
    };
  }

  private void mode(String value) throws FatalException {
    char letter = value.isEmpty() ? ' ' : value.charAt(0);
    switch (letter) {
      case 'd', 'l' -> {
        if (mode == Mode.FLUSH) {
          diagnostics.warning("ignoring -q option in daemon mode");
        }
        mode = Mode.DAEMON;
      }
      case 'h', 'H' -> mode = Mode.IGNORE;
      case 'i' -> mode = Mode.NEWALIASES;
      case 'm' -> mode = Mode.ENQUEUE;
      case 'p' -> mode = Mode.MAILQ;
      case 's' -> mode = Mode.SMTP;
      case 'v' -> verify = true;
      default -> throw new FatalException("unsupported: -b" + letter);
    }
  }

  private void shortOption(String value) throws FatalException {
    if (value.startsWith("A")) {
      if (value.length() == 1) {
        throw new FatalException("-oA requires pathname");
      }
      aliasFile = value.substring(1);
    } else if (value.startsWith("i")) {
      dotEnds = false;
    }
  }

  private void longOption(String value) throws FatalException {
    int equals = value.indexOf('=');
    String option = (equals < 0 ? value : value.substring(0, equals)).toUpperCase(Locale.ROOT);
    String setting = equals < 0 ? "" : value.substring(equals + 1).toLowerCase(Locale.ROOT);
    if (option.equals("SMTPUTF8")) {
      if (setting.equals("yes") || setting.equals("no")) {
        smtpUtf8 = setting.equals("yes");
      } else {
        diagnostics.warning("bad -O option: '" + value + "' -- ignored");
      }
    } else if (option.equals("REQUIRETLS")) {
      if (setting.equals("yes")) {
        throw new FatalException(
            "-O " + value + ": TLS to the next host cannot be required in this version");
      }
      if (!setting.equals("no")) {
        diagnostics.warning("bad -O option: '" + value + "' -- ignored");
      }
    }
  }

  private void queue(String value) throws FatalException {
    char letter = value.isEmpty() ? ' ' : value.charAt(0);
    if (letter >= '0' && letter <= '9') {
      interval = true;
    } else if (letter == 'R') {
      flushSite = value.substring(1);
      if (flushSite.isEmpty()) {
        throw new FatalException("specify: -qRsitename");
      }
    } else if (letter == 'I') {
      flushId = value.substring(1);
      if (flushId.isEmpty()) {
        throw new FatalException("specify: -qIqueueid");
      }
    } else {
      throw new FatalException("-q" + letter + " is not implemented");
    }
  }

  private void checkCombinations() throws FatalException {
    if (extract && mode != Mode.ENQUEUE) {
      throw new FatalException("-t can be used only in delivery mode");
    }
    if (!flushSite.isEmpty() && mode != Mode.ENQUEUE) {
      throw new FatalException("-qR can be used only in delivery mode");
    }
    if (!flushId.isEmpty() && mode != Mode.ENQUEUE) {
      throw new FatalException("-qI can be used only in delivery mode");
    }
    if (verify) {
      checkVerify();
    }
  }

  private void checkVerify() throws FatalException {
    if (extract) {
      throw new FatalException("-t option cannot be used with -bv");
    }
    reports.refuseWithVerify();
    if (verbose == 1) {
      throw new FatalException("-v option cannot be used with -bv");
    }
  }
}
