package org.jmail.command.sendmail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.spool.StandAloneSmtp;
import org.jmail.base.spool.Submission;
import org.jmail.command.Invocation;

/// `-bs`: SMTP on standard input and output (RFC 5321). Messages go the way of all that sendmail
/// takes, as the user's. For one call.
final class StandAlone implements StandAloneSmtp.Submitter {

  private final Settings settings;

  StandAlone(Settings settings) {
    this.settings = settings;
  }

  void run(Config config, Invocation invocation) throws FatalException, BadValueException {
    if (NetworkInput.isThere()) {
      // Whoever is at the other end could send anything to anybody.
      throw new FatalException(
          "-bs: standard input is a network connection: let smtpd of master.cf listen there");
    }
    StandAloneSmtp server =
        ServiceLoader.load(StandAloneSmtp.class)
            .findFirst()
            .orElseThrow(
                () -> new FatalException("this installation speaks no SMTP: reinstall jmail"));
    Optional<MailLogs> opened = MailLogs.openForCommand(config);
    MailLog log = opened.<MailLog>map(logs -> logs.program("smtpd")).orElse(MailLog.NONE);
    try {
      server.serve(config, invocation.in(), new Output(invocation.out()), this, log);
    } finally {
      opened.ifPresent(MailLogs::close);
    }
  }

  @Override
  public String newId() throws IOException {
    return SubmissionIds.next();
  }

  @Override
  public String submit(Submission submission, InputStream content)
      throws StandAloneSmtp.NotTakenException, IOException {
    HandOver handOver = new HandOver(settings, PickupConnection.prepare());
    Held held = new Held();
    byte[] block = new byte[1 << 14];
    try {
      for (int count = content.read(block); count >= 0; count = content.read(block)) {
        held.write(block, 0, count);
        if (held.size() > Enqueue.HELD_LIMIT) {
          return handOver.large(
              submission,
              out -> {
                held.writeTo(out);
                content.transferTo(out);
              });
        }
      }
      return handOver.held(submission, held);
    } catch (FatalException e) {
      throw new StandAloneSmtp.NotTakenException(String.valueOf(e.getMessage()), e.isForGood());
    }
  }

  /// A print stream whose failures show.
  private static final class Output extends OutputStream {
    private final PrintStream out;

    Output(PrintStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
      if (out.checkError()) {
        throw new IOException("standard output is closed");
      }
    }
  }
}
