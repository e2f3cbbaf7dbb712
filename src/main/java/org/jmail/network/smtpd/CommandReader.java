package org.jmail.network.smtpd;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.Printable;
import org.jmail.base.table.LookupTable;
import org.jmail.base.table.TableException;
import org.jmail.base.table.Utf8;

/// Reads a client's commands: one line each, within its limits, through smtpd_command_filter, and
/// in words. Used by one thread.
final class CommandReader {

  private static final int SHOWN = 30;

  /// What came.
  sealed interface Came {}

  /// @param words at least one
  record Said(String line, List<Word> words) implements Came {}

  /// A line that no command can be made of.
  record Malformed(Reply reply) implements Came {}

  /// A line that is longer than a command may be.
  record TooLong(Reply reply) implements Came {}

  /// A line without CR where that is refused: it may be smuggled.
  record Smuggled(Reply reply) implements Came {}

  private final Session session;
  private final LineReader reader;
  private final SmtpdSettings settings;
  private final MailLog log;

  CommandReader(Session session, LineReader reader) {
    this.session = session;
    this.reader = reader;
    this.settings = session.settings();
    this.log = session.log();
  }

  /// Waits for the next command.
  Came next() throws IOException {
    reader.read(settings.lines().limit());
    session.chat().transcript().heard(reader.text());
    if (!reader.isComplete()) {
      return tooLong();
    }
    if (reader.isBare()) {
      if (session.bareNewline() == BareNewline.REJECT) {
        session.logEvent("reject", "bare <LF> received");
        return new Smuggled(DataCommand.bareNewline(session));
      }
      session.noteBareNewline();
    }
    String line = reader.text();
    int nul = line.indexOf('\0');
    line = nul < 0 ? line : line.substring(0, nul);
    if (settings.envelope().utf8() && !Utf8.isValid(line)) {
      return new Malformed(Reply.of("500 5.5.2 Error: bad UTF-8 syntax"));
    }
    line = filtered(line);
    List<Word> words = Word.split(line);
    return words.isEmpty()
        ? new Malformed(Reply.of("500 5.5.2 Error: bad syntax"))
        : new Said(line, words);
  }

  private Came tooLong() throws ClientGoneException {
    int limit = settings.lines().limit();
    log.warning(
        session.label()
            + ": request longer than "
            + limit
            + ": "
            + Printable.of(reader.text().substring(0, Math.min(SHOWN, limit)))
            + "...");
    if (!reader.skip(limit)) {
      log.warning("disabling input from " + session.label());
      reader.stop();
    }
    return new TooLong(Reply.of("500 5.5.2 " + settings.myhostname() + " Error: command too long"));
  }

  /// smtpd_command_filter.
  private String filtered(String line) throws LocalDataException {
    Optional<LookupTable> filter = session.service().lists().commandFilter();
    if (filter.isEmpty()) {
      return line;
    }
    try {
      Optional<String> other = filter.get().lookup(line.stripLeading());
      other.ifPresent(text ->
          log.info(session.label() + ": replacing command \"" + line + "\" with \"" + text + "\""));
      return other.orElse(line);
    } catch (TableException e) {
      throw new LocalDataException(String.valueOf(e.getMessage()));
    }
  }
}
