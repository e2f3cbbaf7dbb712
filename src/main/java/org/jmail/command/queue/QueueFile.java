package org.jmail.command.queue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.spool.QueueFileRecord;

/// A queue file of Postfix (record.c): records of a type, a length in groups of seven bits, the
/// lowest first, and octets. Any octets give records or an error.
final class QueueFile {

  /// What a queue file may begin with (REC_TYPE_ENVELOPE).
  private static final String ENVELOPE = "MCTcFILSDRO/WVA>K<ion";

  private final String name;
  private final byte[] octets;

  QueueFile(String name, byte[] octets) {
    this.name = name;
    this.octets = octets;
  }

  private record Found(QueueFileRecord record, int end) {}

  void print(RecordPrinter printer, PrintStream err) throws IOException, FatalException {
    int at = (int) Math.min(Integer.MAX_VALUE, printer.flags().start());
    if (at == 0 && octets.length > 0 && ENVELOPE.indexOf(octets[0] & 0xff) < 0) {
      err.println(
          "postcat: warning: " + Printable.text(name) + ": input is not a valid queue file");
      return;
    }
    printer.path(name);
    Set<Integer> jumped = new HashSet<>();
    while (at < octets.length) {
      Found found = read(at);
      char type = found.record().type();
      boolean hidden = (type == 'p' || type == 'w') && !printer.flags().verbose();
      if (!hidden) {
        printer.record(found.record(), at);
      }
      if (type == 'E' && !printer.flags().raw()) {
        return;
      }
      Optional<Integer> target =
          type == 'p' && !printer.flags().raw() ? target(found.record()) : Optional.empty();
      if (target.isPresent() && !jumped.add(target.get())) {
        throw new FatalException("bad pointer record, or input is not seekable");
      }
      at = target.orElse(found.end());
    }
  }

  private static Optional<Integer> target(QueueFileRecord record) throws FatalException {
    try {
      int target = Integer.parseInt(record.text().strip());
      return target > 0 ? Optional.of(target) : Optional.empty();
    } catch (NumberFormatException e) {
      throw new FatalException("bad pointer record, or input is not seekable");
    }
  }

  private Found read(int at) throws FatalException {
    long length = 0;
    int i = at + 1;
    for (int shift = 0; ; shift += 7, i++) {
      if (i >= octets.length || shift > 28) {
        throw new FatalException("record read error");
      }
      length |= (long) (octets[i] & 0x7f) << shift;
      if ((octets[i] & 0x80) == 0) {
        break;
      }
    }
    int from = i + 1;
    if (length > octets.length - from) {
      throw new FatalException("record read error");
    }
    String text = new String(octets, from, (int) length, StandardCharsets.ISO_8859_1);
    return new Found(new QueueFileRecord((char) (octets[at] & 0xff), text), from + (int) length);
  }
}
