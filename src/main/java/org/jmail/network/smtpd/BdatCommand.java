package org.jmail.network.smtpd;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jmail.network.smtpd.ClientGoneException.How;
import org.jmail.network.smtpd.Transaction.Chunks;
import org.jmail.network.smtpd.access.ErrorClass;
import org.jmail.network.smtpd.access.Stage;

/// BDAT: content in chunks of a known size (RFC 3030). The message is queued by a thread of its own
/// that the chunks are handed to, since other commands may come between them. After a chunk that
/// was refused the rest are read and dropped up to LAST. Used by one thread.
final class BdatCommand {

  private static final int BLOCK = 4096;

  private final Session session;
  private final LineReader reader;
  private Optional<Message> message = Optional.empty();
  private long octetsBefore;

  /// What the chunks so far have begun.
  private record Message(
      ChunkPipe pipe, ChunkLines lines, ContentTally tally, CompletableFuture<Reply> result) {}

  BdatCommand(Session session, LineReader reader) {
    this.session = session;
    this.reader = reader;
    session.onReset(this::forget);
  }

  Reply run(Command.Bdat chunk) throws IOException {
    reader.begin(session.settings().patience().minDataRate());
    reader.expectContent(true);
    try {
      return take(chunk);
    } finally {
      reader.expectContent(false);
    }
  }

  private Reply take(Command.Bdat chunk) throws IOException {
    Transaction transaction = session.transaction();
    if (chunk.size() == 0 && !chunk.last()) {
      session.log().warning(session.queueId() + ": null BDAT request from " + session.label());
      return skip(chunk, Reply.of("551 5.7.1 Null BDAT request").untold());
    }
    if (transaction.chunks() == Chunks.FAILED) {
      return skip(
          chunk,
          Reply.of("551 5.0.0 Discarded " + chunk.size() + " bytes after earlier error").untold());
    }
    if (transaction.chunks() == Chunks.NONE) {
      Optional<Reply> refusal =
          transaction.recipients().isEmpty()
              ? transaction.noRecipients()
              : session.check(Stage.DATA);
      if (refusal.isPresent()) {
        return skip(chunk, refusal.get());
      }
    }
    long limit = session.settings().limits().messageSize();
    if (limit > 0 && octets() > limit - chunk.size()) {
      session
          .log()
          .warning(
              session.queueId()
                  + ": BDAT request from "
                  + session.label()
                  + " exceeds message size limit");
      return skip(
          chunk, Reply.of("552 5.3.4 Chunk exceeds message size limit").because(ErrorClass.POLICY));
    }
    Message under = message.orElseGet(this::begin);
    message = Optional.of(under);
    transaction.chunks(Chunks.GOING);
    session.where(SmtpSession.BDAT_CONTENT);
    copy(chunk, under);
    if (isBad(under.tally())) {
      return refuse(chunk, under);
    }
    if (!chunk.last()) {
      return Reply.of("250 2.0.0 Ok: " + chunk.size() + " bytes");
    }
    Reply reply = finish(under);
    if (!reply.isRefusal()) {
      session.chat().forgive();
    }
    session.reset();
    return reply;
  }

  private Message begin() {
    ContentTally tally = DataCommand.tally(session);
    session.content(Optional.of(tally));
    ChunkPipe pipe = new ChunkPipe();
    CompletableFuture<Reply> result = new CompletableFuture<>();
    Delivery delivery = session.delivery().orElseThrow();
    Thread.ofVirtual()
        .name("smtpd-chunks")
        .start(() -> {
          try {
            result.complete(delivery.accept(session, pipe, tally));
          } catch (IOException | RuntimeException | Error e) {
            result.completeExceptionally(e); // the session waits for it
          } finally {
            pipe.abandon();
          }
        });
    boolean strict = session.bareNewline() != BareNewline.NO;
    return new Message(pipe, new ChunkLines(tally, strict), tally, result);
  }

  private void copy(Command.Bdat chunk, Message under) throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK, Math.max(1, chunk.size()))];
    long left = chunk.size();
    while (left > 0) {
      int count = reader.read(block, 0, (int) Math.min(block.length, left));
      left -= count;
      under.lines().take(block, count);
      hand(under);
    }
    if (chunk.last()) {
      under.lines().finish();
      hand(under);
    }
  }

  private static void hand(Message under) throws ClientGoneException {
    if (!isBad(under.tally()) && under.lines().length() > 0) {
      try {
        under.pipe().write(under.lines().octets(), under.lines().length());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClientGoneException(How.LOST, e);
      }
    }
  }

  private static boolean isBad(ContentTally tally) {
    return tally.isTooLong() || tally.isRefusedForNewlines();
  }

  private Reply finish(Message under) throws IOException {
    session.where(SmtpSession.END_OF_MESSAGE);
    under.pipe().end();
    try {
      return under.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(How.LOST, e);
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case RefusedAtEndException refused -> refused.reply();
        case IOException other -> throw other;
        case null, default -> throw new IllegalStateException("queueing a message failed", e);
      };
    }
  }

  /// The content so far is no good: what comes after it is dropped.
  private Reply refuse(Command.Bdat chunk, Message under) {
    Reply reply = DataCommand.refusal(session, under.tally());
    session.reset();
    session.transaction().chunks(chunk.last() ? Chunks.NONE : Chunks.FAILED);
    return reply;
  }

  /// Reads a chunk that is not wanted. A client that sends far more than a message may have is not
  /// heard any further.
  private Reply skip(Command.Bdat chunk, Reply reply) throws IOException {
    long limit = session.settings().limits().messageSize();
    boolean far = limit > 0 && octets() / 1.5 > limit - chunk.size() / 1.5;
    if (far) {
      session
          .log()
          .warning(
              session.queueId()
                  + ": too much BDAT content -- disabling further input from "
                  + session.label());
      reader.stop();
    } else {
      byte[] block = new byte[BLOCK];
      long left = chunk.size();
      while (left > 0) {
        left -= reader.read(block, 0, (int) Math.min(block.length, left));
      }
      octetsBefore += chunk.size();
    }
    if (chunk.last()) {
      session.reset();
    } else {
      session.transaction().chunks(Chunks.FAILED);
    }
    return reply;
  }

  private long octets() {
    return octetsBefore + message.map(m -> m.tally().octets()).orElse(0L);
  }

  /// Ends what the chunks have begun.
  private void forget() {
    if (message.isPresent()) {
      message.get().pipe().cut();
      message.get().result().exceptionally(e -> Reply.SILENCE).join();
    }
    message = Optional.empty();
    octetsBefore = 0;
    session.content(Optional.empty());
  }
}
