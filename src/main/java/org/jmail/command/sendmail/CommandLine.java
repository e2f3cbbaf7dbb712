package org.jmail.command.sendmail;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;
import org.jmail.command.sendmail.OptionScanner.UsageException;

/// Reads sendmail's command line: Sendmail's options as far as Postfix has them, and two that
/// scripts for Sendmail use and Postfix refuses, `-n` and `-X file`, which have no effect. For one
/// call. Messages are Postfix's (sendmail.c).
final class CommandLine {

  private final String name;
  private final Verp settings;
  private final Diagnostics diagnostics;

  private Mode mode;
  private boolean dotEnds = true;
  private boolean extract;
  private boolean verify;
  private int verbose;
  private boolean senderGiven;
  private String sender = "";
  private boolean fullNameGiven;
  private String fullName = "";
  private EnumSet<Recipient.Notify> notifyOn = EnumSet.noneOf(Recipient.Notify.class);
  private DsnOptions.Ret ret = DsnOptions.Ret.UNSPECIFIED;
  private String envid = "";
  private BodyType body = BodyType.UNSPECIFIED;
  private boolean smtpUtf8;
  private boolean gateway;
  private String verp = "";
  private String flushId = "";
  private String flushSite = "";
  private boolean interval;
  private String aliasFile = "";

  /// What main.cf says of variable envelope return paths.
  ///
  /// @param standard default_verp_delimiters
  /// @param allowed verp_delimiter_filter
  record Verp(String standard, String allowed) {}

  private CommandLine(String name, Verp settings, Diagnostics diagnostics) {
    this.name = name;
    this.settings = settings;
    this.diagnostics = diagnostics;
    this.mode =
        switch (name) {
          case "mailq" -> Mode.MAILQ;
          case "newaliases" -> Mode.NEWALIASES;
          default -> Mode.ENQUEUE;
        };
  }

  static Options read(String name, List<String> arguments, Verp settings, Diagnostics diagnostics)
      throws FatalException {
    return new CommandLine(name, settings, diagnostics).read(arguments);
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
        notifyOn,
        new DsnOptions(ret, envid, trace(), verp),
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
      verp = settings.standard();
    } else if (word.equals("-V") && scanner.following().length() == 2) {
      diagnostics.warning("option -V is deprecated with Postfix 2.3; specify -XV instead");
      verp = settings.standard();
    } else if (word.startsWith("-V") && word.length() == 4) {
      diagnostics.warning(
          "option "
              + word
              + " is deprecated with Postfix 2.3; specify -X"
              + word.substring(1)
              + " instead");
      verpDelimiters(word.substring(2));
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
      case 'N' -> notifyOn = notifyMask(value);
      case 'O' -> longOption(value);
      case 'R' -> ret = ret(value);
      case 'V' -> envid(value);
      case 'X' -> {
        if (value.startsWith("V")) {
          verpDelimiters(value.substring(1));
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

  /// RFC 3461 section 4.1; NEVER stands alone.
  private EnumSet<Recipient.Notify> notifyMask(String value) {
    EnumSet<Recipient.Notify> mask = EnumSet.noneOf(Recipient.Notify.class);
    int from = 0;
    while (from < value.length()) {
      int comma = value.indexOf(',', from);
      int to = comma < 0 ? value.length() : comma;
      String keyword = value.substring(from, to).strip();
      from = to + 1;
      switch (keyword.toUpperCase(Locale.ROOT)) {
        case "" -> {}
        case "NEVER" -> mask.add(Recipient.Notify.NEVER);
        case "SUCCESS" -> mask.add(Recipient.Notify.SUCCESS);
        case "FAILURE" -> mask.add(Recipient.Notify.FAILURE);
        case "DELAY" -> mask.add(Recipient.Notify.DELAY);
        default -> {
          diagnostics.warning(
              "unknown DSN NOTIFY command value \"" + keyword + "\" in \"" + value + "\"");
          diagnostics.warning("bad -N option value -- ignored");
          return EnumSet.noneOf(Recipient.Notify.class);
        }
      }
    }
    if (mask.isEmpty() || (mask.contains(Recipient.Notify.NEVER) && mask.size() > 1)) {
      diagnostics.warning("bad -N option value -- ignored");
      return EnumSet.noneOf(Recipient.Notify.class);
    }
    return mask;
  }

  private DsnOptions.Ret ret(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "FULL" -> DsnOptions.Ret.FULL;
      case "HDRS" -> DsnOptions.Ret.HEADERS;
      default -> {
        diagnostics.warning("bad -R option value -- ignored");
        yield DsnOptions.Ret.UNSPECIFIED;
      }
    };
  }

  private void envid(String value) {
    if (value.length() > 100) {
      diagnostics.warning("too long -V option value -- ignored");
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        diagnostics.warning("bad syntax in -V option value -- ignored");
        return;
      }
    }
    envid = value;
  }

  private void verpDelimiters(String delimiters) throws FatalException {
    if (delimiters.length() != 2
        || settings.allowed().indexOf(delimiters.charAt(0)) < 0
        || settings.allowed().indexOf(delimiters.charAt(1)) < 0) {
      throw new FatalException("-V requires two characters from " + settings.allowed());
    }
    verp = delimiters;
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
    if (!notifyOn.isEmpty()) {
      throw new FatalException("-N option cannot be used with -bv");
    }
    if (ret != DsnOptions.Ret.UNSPECIFIED) {
      throw new FatalException("-R option cannot be used with -bv");
    }
    if (verbose == 1) {
      throw new FatalException("-v option cannot be used with -bv");
    }
  }
}
