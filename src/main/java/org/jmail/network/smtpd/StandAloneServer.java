package org.jmail.network.smtpd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.StandAloneSmtp;

/// The SMTP server of `sendmail -bs` (Postfix `smtpd -S`): the engine of the listeners, run as the
/// user. It asks no restrictions, since the user may hand in the same mail with sendmail, and its
/// mail takes the same way.
public final class StandAloneServer implements StandAloneSmtp {

  @Override
  public void serve(
      Config config, InputStream in, OutputStream out, Submitter submitter, MailLog log)
      throws BadValueException {
    StandardLine line = new StandardLine(in, out);
    SubmitterSink sink = new SubmitterSink(submitter);
    try (SmtpService service = SmtpService.standAlone(config, sink, log)) {
      OutputBuffer buffer = new OutputBuffer(line);
      SmtpdSettings.Patience patience = service.settings().patience();
      LineReader reader = new LineReader(line, buffer, patience.timeout(), patience.perRequest());
      line.start();
      new SmtpSession(service, line, buffer, reader, Peer.local()).run(false);
    }
  }

  private record SubmitterSink(Submitter submitter) implements MessageSink {

    @Override
    public Delivery open(Session session) throws IOException {
      return new StandAloneDelivery(submitter);
    }

    @Override
    public Flush flush(String domain) {
      return Flush.FAILED;
    }

    /// Nothing is kept to be told.
    @Override
    public void tell(Session session, Transcript.Excerpt excerpt, Optional<String> reason) {}
  }
}
