package org.jmail.network.smtpd;

import java.io.IOException;
import java.util.Optional;
import org.jmail.network.smtpd.access.ErrorClass;

/// What is answered to each command but XCLIENT, when it is its turn (Postfix smtpd_cmd_table).
/// Used by one thread.
final class Answers {

  private static final Reply NOT_IMPLEMENTED = Reply.of("502 5.5.1 Error: command not implemented");

  private final Session session;
  private final SmtpdSettings settings;
  private final LineReader reader;
  private final HelloCommands hello;
  private final BdatCommand chunks;

  Answers(Session session, LineReader reader) {
    this.session = session;
    this.settings = session.settings();
    this.reader = reader;
    this.hello = new HelloCommands(session);
    this.chunks = new BdatCommand(session, reader);
  }

  /// @param addresses does what names addresses, within this client's limits
  Reply to(Command command, EnvelopeCommands addresses) throws IOException {
    boolean helloMissing = settings.envelope().helloRequired() && session.helo().isEmpty();
    Optional<Reply> outOfOrder = session.transaction().outOfOrder(command.verb(), helloMissing);
    if (outOfOrder.isPresent()) {
      return outOfOrder.get();
    }
    return switch (command) {
      case Command.Hello given -> {
        Reply reply = hello.hello(given);
        if (!reply.error()) {
          session.tell(settings.historyThreshold(), Optional.empty());
        }
        yield reply;
      }
      case Command.Mail mail -> addresses.mail(mail);
      case Command.Rcpt rcpt -> addresses.recipient(rcpt);
      case Command.Bdat chunk -> chunks.run(chunk);
      case Command.Vrfy vrfy ->
          settings.envelope().verify() ? addresses.verify(vrfy) : verifyDisabled();
      case Command.Etrn etrn -> addresses.turn(etrn);
      case Command.Attributes given -> xforward(given);
      case Command.Plain plain -> plain(plain.verb());
      case Command.Bad(Verb verb, Reply reply, Optional<String> warning) -> {
        if (verb == Verb.VRFY && !settings.envelope().verify()) {
          yield verifyDisabled();
        }
        warning.ifPresent(text ->
            session.log().warning(verb == Verb.BDAT ? session.queueId() + ": " + text : text));
        yield reply;
      }
    };
  }

  private static Reply verifyDisabled() {
    return Reply.of("502 5.5.1 VRFY command is disabled").because(ErrorClass.POLICY);
  }

  private Reply plain(Verb verb) throws IOException {
    return switch (verb) {
      case DATA -> new DataCommand(session, reader).run();
      case RSET -> {
        session.tell(settings.historyThreshold(), Optional.empty());
        session.reset();
        yield Reply.OK;
      }
      case NOOP -> Reply.OK;
      case QUIT -> Reply.of("221 2.0.0 Bye");
      case HELP -> HelloCommands.help();
      case AUTH -> Reply.of("503 5.5.1 Error: authentication not enabled");
      case STARTTLS -> NOT_IMPLEMENTED;
      default -> throw new IllegalStateException(verb + " has arguments");
    };
  }

  private Reply xforward(Command.Attributes given) {
    if (!session.xforwardAllowed()) {
      return AttributeReader.notAuthorized();
    }
    XforwardCommand command = new XforwardCommand(session.forwarded());
    return command
        .read(given.attributes())
        .orElseGet(() -> {
          session.forwarded(command.result(settings.names().withPort()));
          return Reply.OK;
        });
  }
}
