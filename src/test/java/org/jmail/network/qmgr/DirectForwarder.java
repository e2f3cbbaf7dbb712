package org.jmail.network.qmgr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Content;
import org.jmail.base.message.Envelope;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Forwards a message as it is, with the headers that local(8) prepends (forward.c, forward_send):
/// `Received:` and `Delivered-To:`. A chain of expansions ends at `hopcount_limit`.
public final class DirectForwarder implements Forwarder {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z '('zzz')'", Locale.ENGLISH);

  private final String myhostname;
  private final String mailName;
  private final int hopcountLimit;
  private final InstantSource clock;

  public DirectForwarder(
      String myhostname, String mailName, int hopcountLimit, InstantSource clock) {
    this.myhostname = myhostname;
    this.mailName = mailName;
    this.hopcountLimit = hopcountLimit;
    this.clock = clock;
  }

  @Override
  public DeliveryResult forward(
      StoredMessage original,
      DeliveryResult.Expanded expanded,
      Content content,
      QueueStore.Draft draft)
      throws IOException {
    if (original.options().hops() >= hopcountLimit) {
      return new DeliveryResult.Bounced(
          Diagnosis.of("5.4.6", "too many hops: the alias or .forward leads in a circle"));
    }
    Instant now = clock.instant();
    OutputStream out = draft.content();
    String header =
        "Received: by "
            + myhostname
            + " ("
            + mailName
            + ")\n"
            + "\tid "
            + draft.id()
            + "; "
            + DATE.format(now.atZone(ZoneId.systemDefault()))
            + "\n";
    if (!expanded.deliveredTo().isEmpty()) {
      header += "Delivered-To: " + expanded.deliveredTo() + "\n";
    }
    out.write(header.getBytes(StandardCharsets.ISO_8859_1));
    try (InputStream in = content.open()) {
      in.transferTo(out);
    }
    QueueOptions options = new QueueOptions(false, "", "", original.options().hops() + 1);
    draft.commit(
        new Envelope(
            expanded.sender(),
            expanded.next(),
            original.envelope().body(),
            original.envelope().smtpUtf8(),
            Forwarder.options(original)),
        original.origin(),
        now,
        options);
    return new DeliveryResult.Delivered(Diagnosis.of("2.0.0", "forwarded as " + draft.id()));
  }
}
