package org.jmail.network.smtpd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.maillog.Printable;
import org.jmail.network.smtpd.access.AccessRequest;
import org.jmail.network.smtpd.access.Stage;

/// HELO, EHLO and HELP (RFC 5321 section 4.1.1.1). Used by one thread.
final class HelloCommands {

  private static final String NEUTERED = " <>()\\\";@";

  private final Session session;

  HelloCommands(Session session) {
    this.session = session;
  }

  Reply hello(Command.Hello hello) {
    AccessRequest asked = session.request(session.mail(Optional.empty()));
    AccessRequest request =
        new AccessRequest(
            asked.command(),
            asked.client(),
            asked.dialogue().withHelo(hello.name()),
            asked.mail(),
            asked.etrnDomain());
    Optional<Reply> refusal = session.check(Stage.HELO, request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    session.reset();
    session.helo(Optional.of(neutered(Printable.of(hello.name()))));
    if (hello.verb() == Verb.HELO) {
      // Once it has said EHLO a client knows that it may pipeline.
      return Reply.of("250 " + session.settings().myhostname());
    }
    session.protocol("ESMTP");
    if (!session.announcedDiscards().isEmpty()) {
      session.log().info("discarding EHLO keywords: " + EhloKeyword.shown(session.discarded()));
    }
    return Reply.list("250", offers());
  }

  /// Text without what could mislead readers of headers and log lines.
  static String neutered(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(NEUTERED.indexOf(c) >= 0 ? '?' : c);
    }
    return out.toString();
  }

  private List<String> offers() {
    SmtpdSettings settings = session.settings();
    Set<EhloKeyword> discarded = session.discarded();
    List<String> offers = new ArrayList<>(List.of(settings.myhostname()));
    long limit = settings.limits().messageSize();
    offer(offers, EhloKeyword.PIPELINING, true, "");
    offer(offers, EhloKeyword.SIZE, true, limit > 0 ? " " + limit : "");
    offer(offers, EhloKeyword.VRFY, settings.envelope().verify(), "");
    offer(offers, EhloKeyword.ETRN, true, "");
    offer(offers, EhloKeyword.XVERP, session.verpAllowed(), "");
    offer(offers, EhloKeyword.XCLIENT, session.xclientAllowed(), " " + XclientCommand.OFFER);
    offer(offers, EhloKeyword.XFORWARD, session.xforwardAllowed(), " " + XforwardCommand.OFFER);
    offer(offers, EhloKeyword.ENHANCEDSTATUSCODES, true, "");
    offer(offers, EhloKeyword.EIGHTBITMIME, true, "");
    offer(offers, EhloKeyword.DSN, true, "");
    offer(offers, EhloKeyword.SMTPUTF8, settings.envelope().utf8(), "");
    offer(offers, EhloKeyword.CHUNKING, true, "");
    return discarded.isEmpty() ? offers : List.copyOf(offers);
  }

  private void offer(
      List<String> offers, EhloKeyword keyword, boolean available, String parameters) {
    if (available && !session.discarded().contains(keyword)) {
      offers.add(keyword + parameters);
    }
  }

  /// The commands there are, whether this client may use them or not.
  static Reply help() {
    List<String> names =
        Arrays.stream(Verb.values())
            .filter(verb -> verb != Verb.UNKNOWN)
            .map(Verb::name)
            .sorted()
            .toList();
    return Reply.of("214 2.0.0 Commands: " + String.join(" ", names));
  }
}
