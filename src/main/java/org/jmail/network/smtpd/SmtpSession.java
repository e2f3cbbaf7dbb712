package org.jmail.network.smtpd;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.HeaderSyntax;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableException;
import org.jmail.network.smtpd.ClientGoneException.How;
import org.jmail.network.smtpd.access.ErrorClass;
import org.jmail.network.smtpd.access.Stage;

/// One client from greeting to good-bye (Postfix smtpd_proto). Used by one thread.
final class SmtpSession {

  static final String DATA_CONTENT = "DATA content";
  static final String BDAT_CONTENT = "BDAT content";
  static final String END_OF_MESSAGE = "END-OF-MESSAGE";

  private static final Reply OUT_OF_STEP =
      Reply.of("554 5.5.0 Error: SMTP protocol synchronization").untold();

  private final SmtpService service;
  private final SmtpdSettings settings;
  private final MailLog log;
  private final Chat chat;
  private final LineReader reader;
  private final Session session;
  private final CommandCounts counts = new CommandCounts();
  private final ClientRights rights;
  private final CommandReader commands;
  private final Answers answers;
  private Optional<Reply> accessDenied = Optional.empty();
  private Optional<ClientLimits> limits = Optional.empty();
  private Optional<EnvelopeCommands> envelope = Optional.empty();

  SmtpSession(SmtpService service, Line line, OutputBuffer out, LineReader reader, Peer peer) {
    this.service = service;
    this.settings = service.settings();
    this.log = service.log();
    this.chat = new Chat(settings, service.refusals(), out);
    this.reader = reader;
    this.session = new Session(service, chat, peer, line::handingOver);
    this.rights = new ClientRights(session);
    this.commands = new CommandReader(session, reader);
    this.answers = new Answers(session, reader);
  }

  /// Serves the client until it leaves or is sent away.
  ///
  /// @param proxyFailed the proxy did not say who the client is
  void run(boolean proxyFailed) {
    log.info("connect from " + session.label());
    Optional<String> reason = Optional.empty();
    try {
      reason = converse(proxyFailed);
    } catch (ClientGoneException e) {
      reason = Optional.of(e.how().words());
      if (e.how() == How.TIMEOUT) {
        sayLast(last("421 4.4.2 ", " Error: timeout exceeded").untold());
      }
    } catch (LocalDataException e) {
      log.warning(String.valueOf(e.getMessage()));
      String text = "421 4.3.0 " + settings.myhostname() + " Server local data error";
      log.info(
          session.queueId()
              + ": reject: "
              + session.where()
              + " from "
              + session.label()
              + ": "
              + text);
      sayLast(last("421 4.3.0 ", " Server local data error").because(ErrorClass.DATA));
    } catch (IOException | RuntimeException | Error e) {
      // A mistake of ours must neither take mail nor stop the others.
      log.error("session with " + session.label() + ": " + e);
      sayLast(last("421 4.3.0 ", " Server local error").because(ErrorClass.SOFTWARE));
    }
    end(reason);
  }

  private void end(Optional<String> reason) {
    chat.finish();
    limits.ifPresent(ClientLimits::disconnected);
    reason.ifPresent(this::logReason);
    session.tell(0, reason);
    boolean noted = session.bareNewlineNoted();
    session.reset();
    log.info("disconnect from " + session.label() + counts + (noted ? " notes=bare_lf" : ""));
  }

  private Reply last(String code, String words) {
    return Reply.of(code + settings.myhostname() + words);
  }

  private void sayLast(Reply reply) {
    try {
      chat.say(session, reply);
    } catch (ClientGoneException e) {
      log.info(e.how().words() + " while answering " + session.label());
    }
  }

  private void logReason(String reason) {
    String where = session.where();
    boolean content = where.equals(DATA_CONTENT) || where.equals(BDAT_CONTENT);
    if (content) {
      // Of a line that has not ended nothing is counted; a chunk has no lines.
      long octets = session.content().map(ContentTally::octets).orElse(0L);
      log.info(
          reason
              + " after "
              + where.substring(0, 4)
              + " ("
              + octets
              + " bytes) from "
              + session.label());
    } else if (!where.equals(END_OF_MESSAGE) || !reason.equals(How.LOST.words())) {
      log.info(reason + " after " + where + " from " + session.label());
    }
  }

  /// @return why the session ended, if not by its own will
  private Optional<String> converse(boolean proxyFailed) throws IOException {
    if (proxyFailed) {
      chat.say(session, last("421 4.3.0 ", " Server local error").untold());
      return Optional.empty();
    }
    reader.begin(0);
    identify();
    if (sentTooEarly()) {
      chat.say(session, OUT_OF_STEP);
      return Optional.empty();
    }
    while (greet()) {
      Next next = Next.READ;
      while (next == Next.READ && !chat.isHangingUp()) {
        reader.begin(0);
        session.tell(settings.historyThreshold(), Optional.empty());
        if (chat.isFull()) {
          chat.say(session, last("421 4.7.0 ", " Error: too many errors"));
          return Optional.of("too many errors");
        }
        next = command();
      }
      if (next != Next.GREET) {
        break;
      }
    }
    return Optional.empty();
  }

  /// What comes after a command.
  private enum Next {
    READ,
    /// As after a new connection.
    GREET,
    END
  }

  /// What this client may and must.
  private void identify() throws LocalDataException {
    ClientLimits tickets = rights.note(reader);
    limits = Optional.of(tickets);
    envelope = Optional.of(new EnvelopeCommands(session, tickets));
  }

  /// @return whether the session goes on
  private boolean greet() throws IOException {
    if (limits.isPresent() && limits.get().connectionRefused()) {
      chat.say(
          session,
          last(
                  "421 4.7.0 ",
                  " Error: too many connections from " + session.peer().client().address())
              .because(ErrorClass.POLICY));
      return false;
    }
    session.discarded(rights.discarded());
    accessDenied = session.check(Stage.CONNECT);
    if (accessDenied.isPresent()) {
      chat.say(session, accessDenied.get());
      chat.transcript().trouble(ErrorClass.POLICY);
      chat.mistake();
    } else {
      chat.say(session, Reply.of("220 " + settings.banner()));
    }
    return !chat.isHangingUp();
  }

  /// Whether the client spoke where it must wait, and that is not borne.
  private boolean sentTooEarly() throws IOException {
    if (session.pipelinedTooEarly() || service.standAlone()) {
      return false;
    }
    String early = reader.early();
    if (early.isEmpty()) {
      return false;
    }
    log.info(
        "improper command pipelining after "
            + session.where()
            + " from "
            + session.label()
            + ": "
            + Escaped.of(early));
    session.notePipelining();
    return settings.lines().forbidPipelining();
  }

  private Next command() throws IOException {
    return switch (commands.next()) {
      case CommandReader.Said(String line, List<Word> words) -> obey(line, words);
      case CommandReader.Malformed(Reply reply) -> {
        chat.say(session, reply);
        chat.mistake();
        session.where(Verb.UNKNOWN.name());
        counts.came(Verb.UNKNOWN);
        yield Next.READ;
      }
      case CommandReader.TooLong(Reply reply) -> {
        chat.say(session, reply);
        yield Next.READ;
      }
      case CommandReader.Smuggled(Reply reply) -> {
        chat.say(session, reply);
        yield Next.END;
      }
    };
  }

  private Next obey(String line, List<Word> words) throws IOException {
    String first = words.getFirst().text();
    if (isIn(service.lists().noopCommands(), first)) {
      chat.say(session, Reply.OK);
      chat.junk();
      return Next.READ;
    }
    Verb verb = Verb.find(first).orElse(Verb.UNKNOWN);
    counts.came(verb);
    if (verb == Verb.UNKNOWN) {
      session.where(verb.name());
      if (HeaderSyntax.isHeader(first) || isIn(service.lists().forbiddenCommands(), first)) {
        log.warning("non-SMTP command from " + session.label() + ": " + Escaped.of(line));
        chat.say(session, Reply.of("221 2.7.0 Error: I can break rules, too. Goodbye."));
        return Next.END;
      }
    }
    if (accessDenied.isPresent() && verb != Verb.QUIT) {
      chat.say(session, Reply.of("503 5.7.0 Error: access denied for " + session.label()).untold());
      chat.mistake();
      return Next.READ;
    }
    if (verb != Verb.UNKNOWN && settings.requiresTls() && !verb.isBeforeTls()) {
      chat.say(session, Reply.of("530 5.7.0 Must issue a STARTTLS command first").untold());
      chat.mistake();
      return Next.READ;
    }
    return verb == Verb.UNKNOWN ? unknown() : known(verb, words);
  }

  private Next unknown() throws IOException {
    chat.say(session, Reply.of("500 5.5.2 Error: command not recognized"));
    chat.mistake();
    return Next.READ;
  }

  private Next known(Verb verb, List<Word> words) throws IOException {
    session.where(verb.name());
    boolean mayPipeline = session.protocol().equals("ESMTP") && !verb.isLastOfGroup();
    if (!mayPipeline && sentTooEarly()) {
      chat.say(session, OUT_OF_STEP);
      return Next.END;
    }
    Command command = session.parser().parse(verb, words);
    if (command instanceof Command.Attributes given && verb == Verb.XCLIENT) {
      Optional<Reply> refusal = xclient(given);
      if (refusal.isEmpty()) {
        session.tell(0, Optional.empty());
        return Next.GREET; // Not counted as done, no more than in Postfix's log.
      }
      answer(verb, refusal.get());
      return Next.READ;
    }
    answer(verb, answers.to(command, envelope.orElseThrow()));
    if (verb == Verb.DATA || verb == Verb.BDAT) {
      chat.finish();
      session.handingOver(false);
    }
    return verb == Verb.QUIT ? Next.END : Next.READ;
  }

  private void answer(Verb verb, Reply reply) throws IOException {
    chat.say(session, reply);
    if (reply.error()) {
      chat.mistake();
    } else {
      counts.succeeded(verb);
    }
    if (verb.isJunk()) {
      chat.junk();
    }
  }

  private Optional<Reply> xclient(Command.Attributes given) throws LocalDataException {
    Optional<Reply> outOfOrder = session.transaction().outOfOrder(Verb.XCLIENT, false);
    if (outOfOrder.isPresent()) {
      return outOfOrder;
    }
    if (!session.xclientAllowed()) {
      return Optional.of(AttributeReader.notAuthorized());
    }
    XclientCommand command = new XclientCommand(session);
    Optional<Reply> mistake = command.read(given.attributes());
    if (mistake.isEmpty()) {
      command.apply(session);
      limits.ifPresent(ClientLimits::disconnected);
      boolean xforward = session.xforwardAllowed();
      identify();
      session.xforwardAllowed(xforward);
    }
    return mistake;
  }

  /// As in Postfix, a list that cannot be read has nothing in it here: nothing hangs on it.
  private boolean isIn(MatchList list, String word) {
    try {
      return !list.isEmpty() && list.matchesString(word);
    } catch (TableException e) {
      log.warning(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
