package org.jmail.network.cleanup;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.HeaderSyntax;
import org.jmail.base.message.KnownHeader;
import org.jmail.base.spool.QueueId;
import org.jmail.base.table.TableException;
import org.jmail.network.rewrite.HeaderRewriter;

/// The headers of one message, as the checks let them through: dropped, rewritten, written, and at
/// the end completed (Postfix cleanup_message.c, cleanup_header_callback). Used by one thread.
final class MessageHeaders {

  private final CleanupSettings settings;
  private final Optional<HeaderRewriter> rewriter;
  private final MessageOutput out;
  private final ActionLog actions;
  private final Verdict verdict;
  private final MissingHeaders missing;
  private boolean eightBit;
  private boolean nonAscii;
  private long hops;

  /// @param rewriter empty when headers are to be left alone
  MessageHeaders(
      CleanupSettings settings,
      Optional<HeaderRewriter> rewriter,
      QueueId id,
      MessageOutput out,
      ActionLog actions,
      Verdict verdict) {
    this.settings = settings;
    this.rewriter = rewriter;
    this.out = out;
    this.actions = actions;
    this.verdict = verdict;
    this.missing = new MissingHeaders(settings, out, actions.log(), id);
  }

  /// Notes a header of any part that came, even when a check removes it.
  void came(KnownHeader name) {
    if (name == KnownHeader.RECEIVED) {
      hops++;
    }
  }

  /// Takes a header.
  ///
  /// @param primary whether it is one of the message itself
  /// @throws TableException when its addresses cannot be rewritten now
  void take(boolean primary, String header) throws IOException, TableException {
    String name = HeaderSyntax.name(header);
    Optional<KnownHeader> known = KnownHeader.find(name);
    if (known.isPresent() && known.get() == KnownHeader.CONTENT_TRANSFER_ENCODING) {
      String encoding = HeaderSyntax.value(header).toLowerCase(Locale.ROOT);
      eightBit |= encoding.equals("8bit") || encoding.equals("binary");
    }
    if (!primary) {
      write(header);
      return;
    }
    if (known.isPresent()) {
      saw(known.get(), header);
    }
    if (!settings.headers().dropped().contains(name.toLowerCase(Locale.ROOT))) {
      write(known.isPresent() ? rewritten(known.get(), header) : header);
    }
  }

  private void saw(KnownHeader name, String header) {
    missing.saw(name, HeaderSyntax.value(header));
    if (name == KnownHeader.RECEIVED && hops >= settings.limits().hopcount()) {
      actions.warning("message rejected: hopcount exceeded");
      verdict.fail(CleanupError.HOPS);
    }
    if (name.isResent()) {
      missing.sawResent();
    }
  }

  private String rewritten(KnownHeader name, String header) throws TableException {
    boolean addresses =
        name.kind() == KnownHeader.Kind.SENDER || name.kind() == KnownHeader.Kind.RECIPIENT;
    return addresses && rewriter.isPresent()
        ? rewriter.get().rewrite(name, header, actions::warning).orElse(header)
        : header;
  }

  /// Writes a header as it is.
  void write(String header) throws IOException {
    nonAscii |= header.chars().anyMatch(c -> c > 0x7f);
    out.header(header);
  }

  /// Adds what the primary header lacks; mail of strangers is not completed.
  void complete(ReversePath sender, String fullName, Instant arrival, Instant now)
      throws IOException {
    boolean complete = rewriter.isPresent() || settings.headers().alwaysAddMissing();
    missing.add(complete, sender, fullName, arrival, now);
  }

  /// Whether a header says that the body is not 7bit.
  boolean isEightBit() {
    return eightBit;
  }

  boolean hasNonAscii() {
    return nonAscii;
  }
}
