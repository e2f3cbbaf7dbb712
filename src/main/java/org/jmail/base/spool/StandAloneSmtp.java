package org.jmail.base.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;

/// Speaks SMTP with the program at standard input, as `sendmail -bs` wants; found by
/// [java.util.ServiceLoader], since commands do not know the network side. Postfix counterpart:
/// `smtpd -S`.
public interface StandAloneSmtp {

  /// Takes what the dialogue brings, with the rights of the user who runs it.
  interface Submitter {

    /// A new submission id.
    String newId() throws IOException;

    /// Hands a message over.
    ///
    /// @param content read to its end; its failures are passed on
    /// @return the name by which the message can be found
    /// @throws NotTakenException when the mail system does not take it
    String submit(Submission submission, InputStream content) throws NotTakenException, IOException;
  }

  /// The message was not taken; the text says why.
  final class NotTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    /// @param permanent whether another attempt would end like this one
    public NotTakenException(String message, boolean permanent) {
      super(message);
      this.permanent = permanent;
    }

    public boolean isPermanent() {
      return permanent;
    }
  }

  /// Serves until the program leaves.
  void serve(Config config, InputStream in, OutputStream out, Submitter submitter, MailLog log)
      throws BadValueException;
}
