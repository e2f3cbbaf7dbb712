package org.jmail.delivery.pipe;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.mailbox.CopyFormat;

/// What a row of master.cf tells pipe(8). Postfix counterpart: get_service_attr in pipe.c.
///
/// @param user as written; looked up when it is used
/// @param group as written; empty for the user's
/// @param directory to start in; empty for the queue's folder
/// @param lineEnd unescaped
/// @param nullSender what $sender and the From_ line say for the null sender
/// @param sizeLimit in octets; 0 for none
/// @param argv unexpanded, not empty
record PipeAttributes(
    Set<Flag> flags,
    String user,
    String group,
    String directory,
    String lineEnd,
    String nullSender,
    long sizeLimit,
    List<String> argv) {

  /// What `flags=` may hold.
  enum Flag {
    BLANK_LINE('B'),
    DELIVERED_TO('D'),
    FROM_LINE('F'),
    ORIGINAL_TO('O'),
    RETURN_PATH('R'),
    FINAL('X'),
    DOUBLE_DOTS('.'),
    QUOTE_FROM('>'),
    FOLD_DOMAIN('h'),
    QUOTE_LOCAL('q'),
    FOLD_USER('u');

    private final char letter;

    Flag(char letter) {
      this.letter = letter;
    }
  }

  PipeAttributes {
    flags = Set.copyOf(flags);
    argv = List.copyOf(argv);
  }

  /// Reads the last column of a row.
  ///
  /// @throws BadValueException in Postfix's words
  static PipeAttributes parse(List<String> arguments) throws BadValueException {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    String user = "";
    String directory = "";
    String lineEnd = "\n";
    String nullSender = "MAILER-DAEMON";
    long size = 0;
    List<String> argv = new ArrayList<>();
    for (int i = 0; i < arguments.size() && argv.isEmpty(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = argument.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT);
      String value = argument.substring(equals + 1);
      switch (name) {
        case "flags" -> flags.addAll(flags(value));
        case "user" -> user = value;
        case "directory" -> directory = value;
        case "eol" -> lineEnd = Escapes.undone(value);
        case "null_sender" -> nullSender = value;
        case "size" -> size = size(value);
        case "argv" -> {
          argv.add(value);
          argv.addAll(arguments.subList(i + 1, arguments.size()));
        }
        case "chroot" ->
            throw new BadValueException(
                "chroot= is not supported: let argv= start the command with chroot(8)");
        default -> throw new BadValueException("unknown attribute name: " + argument);
      }
    }
    if (user.isEmpty()) {
      throw new BadValueException("missing user= command-line attribute");
    }
    if (argv.isEmpty()) {
      throw new BadValueException("missing argv= command-line attribute");
    }
    int colon = user.indexOf(':');
    return new PipeAttributes(
        flags,
        colon < 0 ? user : user.substring(0, colon),
        colon < 0 ? "" : user.substring(colon + 1),
        directory,
        lineEnd,
        nullSender,
        size,
        argv);
  }

  private static Set<Flag> flags(String letters) throws BadValueException {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (int i = 0; i < letters.length(); i++) {
      flags.add(flag(letters.charAt(i)));
    }
    return flags;
  }

  private static Flag flag(char letter) throws BadValueException {
    for (Flag flag : Flag.values()) {
      if (flag.letter == letter) {
        return flag;
      }
    }
    throw new BadValueException("unknown flag: " + letter + " (ignored)");
  }

  /// A number of octets, with k, m or g behind it. Postfix counterpart: off_cvt.c.
  private static long size(String value) throws BadValueException {
    if (!value.matches("\\d{1,15}[kKmMgG]?")) {
      throw new BadValueException("get_service_attr: bad size= value: " + value);
    }
    char unit = Character.toLowerCase(value.charAt(value.length() - 1));
    int shift = unit == 'k' ? 10 : unit == 'm' ? 20 : unit == 'g' ? 30 : 0;
    return Long.parseLong(shift == 0 ? value : value.substring(0, value.length() - 1)) << shift;
  }

  boolean has(Flag flag) {
    return flags.contains(flag);
  }

  CopyFormat format() {
    return new CopyFormat(
        has(Flag.FROM_LINE),
        has(Flag.RETURN_PATH),
        has(Flag.QUOTE_FROM),
        has(Flag.DOUBLE_DOTS),
        has(Flag.BLANK_LINE),
        lineEnd);
  }
}
