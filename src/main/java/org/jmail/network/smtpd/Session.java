package org.jmail.network.smtpd;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.maillog.MailLog;
import org.jmail.network.smtpd.access.AccessRequest;
import org.jmail.network.smtpd.access.AccessSession;
import org.jmail.network.smtpd.access.Effects;
import org.jmail.network.smtpd.access.Restrictions;
import org.jmail.network.smtpd.access.Stage;
import org.jmail.network.smtpd.access.Verdict;

/// What the commands of one session share: who the client is, what it said, how far its transaction
/// is. Used by one thread.
final class Session {

  private final SmtpService service;
  private final Chat chat;
  private final Transaction transaction = new Transaction();
  private final Optional<AccessSession> access;
  private Peer peer;
  private Optional<String> helo = Optional.empty();
  private String protocol = "SMTP";
  private AccessRequest.Login login = AccessRequest.Login.NONE;
  private String where = "CONNECT";
  private boolean pipelinedTooEarly;
  private boolean xclientAllowed;
  private boolean xforwardAllowed;
  private boolean verpAllowed;
  private BareNewline bareNewline = BareNewline.NORMALIZE;
  private boolean bareNewlineNoted;
  private Set<EhloKeyword> discarded = Set.of();
  private Forwarded forwarded = Forwarded.NONE;
  private Optional<Delivery> delivery = Optional.empty();
  private boolean local;
  private Optional<ContentTally> content = Optional.empty();
  private Runnable onReset = () -> {};
  private final java.util.function.Consumer<Boolean> handingOver;

  /// @param handingOver see [Line#handingOver]
  Session(
      SmtpService service, Chat chat, Peer peer, java.util.function.Consumer<Boolean> handingOver) {
    this.handingOver = handingOver;
    this.service = service;
    this.chat = chat;
    this.peer = peer;
    this.access = service.restrictions().map(Restrictions::session);
  }

  /// What restrictions say at a stage; the answer when that is no.
  Optional<Reply> check(Stage stage) {
    return check(stage, request(mail(transaction.firstRecipient())));
  }

  /// The same about another command's argument.
  Optional<Reply> check(Stage stage, AccessRequest request) {
    if (access.isEmpty()) {
      return Optional.empty();
    }
    Verdict verdict = access.get().check(stage, request);
    access.get().takeTroubles().forEach(chat.transcript()::trouble);
    return switch (verdict) {
      case Verdict.Pass ignored -> Optional.empty();
      case Verdict.Refuse(var reply, var why) -> Optional.of(Reply.of(reply).because(why));
      case Verdict.Hangup ignored -> {
        chat.hangUp();
        yield Optional.of(Reply.SILENCE);
      }
    };
  }

  /// What is known now.
  AccessRequest request(AccessRequest.Mail mail) {
    return new AccessRequest(where, peer.client(), dialogue(), mail, Optional.empty());
  }

  AccessRequest.Dialogue dialogue() {
    return new AccessRequest.Dialogue(
        peer.serverAddress(),
        peer.serverPort(),
        protocol,
        helo,
        pipelinedTooEarly,
        transaction
            .mail()
            .map(
                mail -> new AccessRequest.Login(login.method(), login.username(), mail.submitter()))
            .orElse(login),
        AccessRequest.Encryption.NONE);
  }

  /// The transaction as restrictions see it.
  AccessRequest.Mail mail(Optional<String> recipient) {
    return mail(transaction.sender(), recipient, delivery.map(Delivery::octets).orElse(0L));
  }

  /// The same for a sender who is not accepted yet.
  AccessRequest.Mail mail(Optional<String> sender, Optional<String> recipient, long octets) {
    long announced = transaction.mail().map(Command.Mail::size).orElse(0L);
    return new AccessRequest.Mail(
        sender,
        recipient,
        transaction.recipients().size(),
        octets > 0 ? octets : announced,
        delivery.map(d -> d.id().toString()),
        transaction.instance(),
        transaction.mail().map(Command.Mail::smtpUtf8).orElse(false));
  }

  /// Writes a line about the session with all that is known of it: `NOQUEUE: reject: RCPT from …`.
  void logEvent(String event, String text) {
    AccessRequest request = request(mail(transaction.firstRecipient()));
    log().info(service.accessLog().line(request, event, text));
  }

  /// Forgets the transaction, and the message under way.
  void reset() {
    onReset.run();
    delivery.ifPresent(Delivery::close);
    delivery = Optional.empty();
    service.recipients().leave(transaction.recipientOctets());
    transaction.reset();
    access.ifPresent(AccessSession::endTransaction);
    forwarded = Forwarded.NONE;
    local = false;
  }

  /// `NOQUEUE`, or the id of the message under way.
  String queueId() {
    return delivery.map(d -> d.id().toString()).orElse("NOQUEUE");
  }

  CommandParser parser() {
    SmtpdSettings.Envelope envelope = settings().envelope();
    return new CommandParser(
        new CommandParser.Rules(
            envelope.strict(),
            envelope.utf8(),
            discarded,
            verpAllowed ? Optional.of(envelope.verp()) : Optional.empty()),
        label());
  }

  /// Tells postmaster when what was said since the last time is more than so many lines, and
  /// something was wrong.
  ///
  /// @param reason why the session has ended; empty when it has not
  void tell(long threshold, Optional<String> reason) {
    chat.transcript()
        .cut(threshold)
        .ifPresent(excerpt -> service.sink().tell(this, excerpt, reason));
  }

  SmtpService service() {
    return service;
  }

  SmtpdSettings settings() {
    return service.settings();
  }

  MailLog log() {
    return service.log();
  }

  Chat chat() {
    return chat;
  }

  Transaction transaction() {
    return transaction;
  }

  /// What access tables want done with the message.
  Effects effects() {
    return access.map(AccessSession::effects).orElse(Effects.NONE);
  }

  Peer peer() {
    return peer;
  }

  void peer(Peer other) {
    peer = other;
  }

  /// `name[address]`.
  String label() {
    return peer.client().label();
  }

  /// What the client called itself; empty before hello.
  Optional<String> helo() {
    return helo;
  }

  void helo(Optional<String> name) {
    helo = name;
  }

  /// SMTP or ESMTP.
  String protocol() {
    return protocol;
  }

  void protocol(String name) {
    protocol = name;
  }

  /// Who has logged in.
  AccessRequest.Login login() {
    return login;
  }

  void login(AccessRequest.Login who) {
    login = who;
  }

  /// The last command, as log lines name it.
  String where() {
    return where;
  }

  void where(String name) {
    where = name;
  }

  boolean pipelinedTooEarly() {
    return pipelinedTooEarly;
  }

  void notePipelining() {
    pipelinedTooEarly = true;
  }

  boolean xclientAllowed() {
    return xclientAllowed;
  }

  void xclientAllowed(boolean allowed) {
    xclientAllowed = allowed;
  }

  boolean xforwardAllowed() {
    return xforwardAllowed;
  }

  void xforwardAllowed(boolean allowed) {
    xforwardAllowed = allowed;
  }

  boolean verpAllowed() {
    return verpAllowed;
  }

  void verpAllowed(boolean allowed) {
    verpAllowed = allowed;
  }

  BareNewline bareNewline() {
    return bareNewline;
  }

  void bareNewline(BareNewline rule) {
    bareNewline = rule;
  }

  /// A line ended with LF alone.
  void noteBareNewline() {
    bareNewlineNoted |= bareNewline == BareNewline.NOTE;
  }

  /// Whether that is to be told in the log.
  boolean bareNewlineNoted() {
    return bareNewlineNoted || content.map(ContentTally::isNoted).orElse(false);
  }

  /// What EHLO does not offer this client.
  Set<EhloKeyword> discarded() {
    return discarded;
  }

  void discarded(Set<EhloKeyword> keywords) {
    discarded = Set.copyOf(keywords);
  }

  /// What XFORWARD said.
  Forwarded forwarded() {
    return forwarded;
  }

  void forwarded(Forwarded other) {
    forwarded = other;
  }

  /// The message under way, from its first recipient on.
  Optional<Delivery> delivery() {
    return delivery;
  }

  void delivery(Delivery message) {
    delivery = Optional.of(message);
  }

  /// Whether headers of the message are completed as in mail of this machine.
  boolean isLocal() {
    return local;
  }

  void local(boolean completed) {
    local = completed;
  }

  /// What is known of the content that is coming in.
  Optional<ContentTally> content() {
    return content;
  }

  void content(Optional<ContentTally> tally) {
    bareNewlineNoted = bareNewlineNoted();
    content = tally;
  }

  /// See [Line#handingOver].
  void handingOver(boolean now) {
    handingOver.accept(now);
  }

  /// What else is to be forgotten with the transaction.
  void onReset(Runnable action) {
    onReset = action;
  }

  /// What is announced to have been dropped from EHLO, unless that is to be kept quiet.
  List<EhloKeyword> announcedDiscards() {
    return discarded.contains(EhloKeyword.SILENT_DISCARD)
        ? List.of()
        : discarded.stream().sorted().toList();
  }
}
