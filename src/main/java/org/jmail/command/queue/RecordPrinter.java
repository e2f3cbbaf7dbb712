package org.jmail.command.queue;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jmail.base.spool.QueueFileRecord;
import org.jmail.base.spool.QueueTools;

/// Prints the records of a message as postcat.c does. For one message and one thread.
final class RecordPrinter implements QueueTools.Records {

  private static final Pattern HEADER = Pattern.compile("[!-9;-~]+[ \\t]*:[\\x00-\\xff]*");
  private static final Map<Character, String> NAMES =
      Map.ofEntries(
          Map.entry('C', "message_size"),
          Map.entry('T', "message_arrival_time"),
          Map.entry('c', "queue_file_create_time"),
          Map.entry('F', "sender_fullname"),
          Map.entry('I', "content_inspector"),
          Map.entry('L', "content_filter"),
          Map.entry('S', "sender"),
          Map.entry('D', "done_recipient"),
          Map.entry('/', "canceled_recipient"),
          Map.entry('R', "recipient"),
          Map.entry('O', "original_recipient"),
          Map.entry('W', "warning_message_time"),
          Map.entry('A', "named_attribute"),
          Map.entry('p', "pointer_record"),
          Map.entry('K', "killed_record"),
          Map.entry('N', "regular_text"),
          Map.entry('w', "padding"),
          Map.entry('r', "return_receipt"),
          Map.entry('e', "errors_to"),
          Map.entry('P', "priority"),
          Map.entry('V', "verp_delimiters"),
          Map.entry('>', "redirect_to"),
          Map.entry('f', "flags"),
          Map.entry('<', "dsn_return_flags"),
          Map.entry('i', "dsn_envelope_id"),
          Map.entry('o', "dsn_original_recipient"),
          Map.entry('n', "dsn_notify_flags"));

  /// What to print.
  ///
  /// @param start -s: records before this offset are passed over
  record Flags(
      boolean envelope,
      boolean header,
      boolean body,
      boolean offsets,
      boolean types,
      boolean paths,
      boolean raw,
      boolean verbose,
      long start) {

    static Flags of(GetOpt.Result arguments) throws FatalException {
      StringBuilder given = new StringBuilder();
      long start = 0;
      for (GetOpt.Option option : arguments.options()) {
        given.append(option.letter());
        if (option.letter() == 's') {
          start = offset(option.value());
        }
      }
      String letters = given.toString();
      boolean all = !letters.matches(".*[ehb].*");
      return new Flags(
          all || letters.contains("e"),
          all || letters.contains("h"),
          all || letters.contains("b"),
          letters.contains("o"),
          letters.contains("d"),
          letters.contains("f"),
          letters.contains("r"),
          letters.contains("v"),
          start);
    }

    private static long offset(String text) throws FatalException {
      try {
        if (text.matches("[0-9]+")) {
          return Long.parseLong(text);
        }
      } catch (NumberFormatException e) {
        // too long: as bad as a word
      }
      throw new FatalException("bad offset: " + text);
    }
  }

  private enum State {
    ENVELOPE,
    HEADER,
    BODY
  }

  private final OctetOutput out;
  private final Flags flags;
  private String path = "";
  private State state = State.ENVELOPE;
  private long offset;
  private char previous;

  RecordPrinter(OctetOutput out, Flags flags) {
    this.out = out;
    this.flags = flags;
  }

  Flags flags() {
    return flags;
  }

  @Override
  public void path(String name) throws IOException {
    path = name;
    if (flags.envelope() && flags.start() == 0) {
      out.print("*** ENVELOPE RECORDS " + path + " ***\n");
    }
  }

  /// The next record of a stream without gaps.
  @Override
  public void record(QueueFileRecord record) throws IOException {
    record(record, offset);
    offset += record.fileSize();
  }

  /// A record at an offset in its file.
  void record(QueueFileRecord record, long at) throws IOException {
    if (at < flags.start()) {
      return;
    }
    char type = record.type();
    boolean text = state != State.ENVELOPE && (type == 'N' || type == 'L');
    if (text && state == State.HEADER && previous != 'L' && !headerLine(record.text())) {
      state = State.BODY;
    }
    switch (type) {
      case 'M' -> {
        marker("MESSAGE CONTENTS", type, at);
        state = State.HEADER;
        previous = type;
      }
      case 'X' -> {
        if (printing() && previous == 'L') {
          out.print("\n");
        }
        marker("HEADER EXTRACTED", type, at);
        state = State.ENVELOPE;
        previous = type;
      }
      case 'E' -> marker("MESSAGE FILE END", type, at);
      default -> {
        if (printing()) {
          prefix(type, at);
          value(type, record.text(), text);
        }
        previous = text ? previous : type;
      }
    }
  }

  private static boolean headerLine(String text) {
    return HEADER.matcher(text).matches() || text.startsWith(" ") || text.startsWith("\t");
  }

  private boolean printing() {
    return switch (state) {
      case ENVELOPE -> flags.envelope();
      case HEADER -> flags.header();
      case BODY -> flags.body();
    };
  }

  private void marker(String text, char type, long at) throws IOException {
    if (flags.envelope()) {
      prefix(type, at);
      out.print("*** " + text + " " + path + " ***\n");
    }
  }

  private void prefix(char type, long at) throws IOException {
    if (flags.paths()) {
      out.print(path + ": ");
    }
    if (flags.offsets()) {
      out.print(String.format(Locale.ROOT, "%9d ", at));
    }
    if (flags.types()) {
      out.print(String.format(Locale.ROOT, "%3d ", (int) type));
    }
  }

  private void value(char type, String value, boolean text) throws IOException {
    if (text) {
      String name = type == 'L' ? "unterminated_text" : "regular_text";
      out.print((flags.verbose() ? name + ": " : "") + value);
      boolean ended = type == 'N' || flags.verbose() || flags.offsets();
      if (ended) {
        out.print("\n");
      }
      previous = ended ? 'N' : 'L';
      return;
    }
    String name = NAMES.getOrDefault(type, "unknown_record_type");
    switch (type) {
      case 'T', 'W' -> out.print(name + ": " + time(value) + "\n");
      case 'A' -> {
        if (value.startsWith("create_time=")) {
          out.print("create_time: " + time(value.substring(12)) + "\n");
        } else {
          out.print(name + ": " + value + "\n");
        }
      }
      default -> out.print(name + ": " + value + "\n");
    }
  }

  /// The first number in seconds since 1970.
  private static String time(String value) {
    String digits = value.strip().split("[^0-9]", 2)[0];
    try {
      return Printable.time(Instant.ofEpochSecond(Long.parseLong(digits)));
    } catch (NumberFormatException | java.time.DateTimeException e) {
      return value;
    }
  }
}
