package org.jmail.network.smtpd;

import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.Words;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableException;

/// What a client may and must, by the lists that name clients. Used by one thread.
final class ClientRights {

  private final Session session;
  private final SmtpService service;
  private final SmtpdSettings settings;

  ClientRights(Session session) {
    this.session = session;
    this.service = session.service();
    this.settings = session.settings();
  }

  /// Notes them in the session, as the client is called now.
  ///
  /// @param reader is told how to take line ends
  /// @return how much the client may do
  ClientLimits note(LineReader reader) throws LocalDataException {
    SmtpdLists lists = service.lists();
    session.xclientAllowed(has(lists.xclientHosts()));
    session.xforwardAllowed(has(lists.xforwardHosts()));
    session.verpAllowed(has(lists.verpClients()));
    trustNewlines(reader);
    boolean excepted =
        service.standAlone() || session.xclientAllowed() || has(lists.eventLimitExceptions());
    return service.limits(session, excepted);
  }

  private void trustNewlines(LineReader reader) throws LocalDataException {
    BareNewline rule = settings.lines().bareNewline();
    boolean excluded =
        service.standAlone()
            || (rule != BareNewline.NO && has(service.lists().bareNewlineExclusions()));
    session.bareNewline(excluded ? BareNewline.NO : rule);
    reader.strict(session.bareNewline() != BareNewline.NO);
  }

  private boolean has(MatchList list) throws LocalDataException {
    if (list.isEmpty()) {
      return false;
    }
    try {
      return list.matchesHost(session.peer().client().name(), session.peer().client().address());
    } catch (TableException e) {
      throw new LocalDataException(String.valueOf(e.getMessage()));
    }
  }

  /// What EHLO does not offer to this client.
  Set<EhloKeyword> discarded() throws LocalDataException {
    if (service.lists().discardEhloKeywords().isEmpty()) {
      return settings.discarded();
    }
    try {
      Optional<String> words =
          service.lists().discardEhloKeywords().find(session.peer().client().address());
      return words
          .map(text -> EhloKeyword.parse(Words.splitPlain(text, Words.COMMA_SPACE)))
          .orElse(settings.discarded());
    } catch (TableException e) {
      throw new LocalDataException(
          "don't know what EHLO features to announce to "
              + session.label()
              + ": "
              + e.getMessage());
    }
  }
}
