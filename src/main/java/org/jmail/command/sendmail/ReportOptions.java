package org.jmail.command.sendmail;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;

/// What the command line says of reports and of the address they go to: `-N`, `-R`, `-V` and `-XV`.
/// For one call.
final class ReportOptions {

  private static final int ENVID_LIMIT = 100;

  private final Verp settings;
  private final Diagnostics diagnostics;
  private EnumSet<Recipient.Notify> notifyOn = EnumSet.noneOf(Recipient.Notify.class);
  private DsnOptions.Ret ret = DsnOptions.Ret.UNSPECIFIED;
  private String envid = "";
  private String verp = "";

  /// What main.cf says of variable envelope return paths.
  ///
  /// @param standard default_verp_delimiters
  /// @param allowed verp_delimiter_filter
  record Verp(String standard, String allowed) {}

  ReportOptions(Verp settings, Diagnostics diagnostics) {
    this.settings = settings;
    this.diagnostics = diagnostics;
  }

  Set<Recipient.Notify> notifyOn() {
    return notifyOn;
  }

  /// Those of the message.
  DsnOptions dsn(DsnOptions.Trace trace) {
    return new DsnOptions(ret, envid, trace, verp);
  }

  /// `-N`: RFC 3461 section 4.1; NEVER stands alone.
  void notifyOn(String value) {
    notifyOn = notifyMask(value);
  }

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

  /// `-R`.
  void ret(String value) {
    ret =
        switch (value.toUpperCase(Locale.ROOT)) {
          case "FULL" -> DsnOptions.Ret.FULL;
          case "HDRS" -> DsnOptions.Ret.HEADERS;
          default -> {
            diagnostics.warning("bad -R option value -- ignored");
            yield DsnOptions.Ret.UNSPECIFIED;
          }
        };
  }

  /// `-V`.
  void envid(String value) {
    if (value.length() > ENVID_LIMIT) {
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

  /// `-XV` without delimiters.
  void verp() {
    verp = settings.standard();
  }

  /// `-XV` with its two delimiters.
  void verp(String delimiters) throws FatalException {
    if (delimiters.length() != 2
        || settings.allowed().indexOf(delimiters.charAt(0)) < 0
        || settings.allowed().indexOf(delimiters.charAt(1)) < 0) {
      throw new FatalException("-V requires two characters from " + settings.allowed());
    }
    verp = delimiters;
  }

  /// `-bv` sends a report of its own.
  void refuseWithVerify() throws FatalException {
    if (!notifyOn.isEmpty()) {
      throw new FatalException("-N option cannot be used with -bv");
    }
    if (ret != DsnOptions.Ret.UNSPECIFIED) {
      throw new FatalException("-R option cannot be used with -bv");
    }
  }
}
