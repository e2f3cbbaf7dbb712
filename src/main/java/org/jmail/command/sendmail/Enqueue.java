package org.jmail.command.sendmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.address.ReversePath;
import org.jmail.base.spool.Submission;

/// Takes one message from standard input, finds out for whom it is, and hands it over. For one
/// call.
final class Enqueue implements MessageInput.Sink {

  static final int HELD_LIMIT = 1 << 20;
  private static final int HEADER_LIMIT = 16 << 20;

  private final Options options;
  private final Settings settings;
  private final Diagnostics diagnostics;
  private final Caller caller;
  private final PickupConnection connection;
  private final Optional<String> fullName;
  private final HeaderRecipients header;
  private final Held held = new Held();
  private OutputStream out = held;
  private long size;

  Enqueue(
      Options options,
      Settings settings,
      Diagnostics diagnostics,
      Caller caller,
      PickupConnection connection,
      Optional<String> fullName) {
    this.options = options;
    this.settings = settings;
    this.diagnostics = diagnostics;
    this.caller = caller;
    this.connection = connection;
    this.fullName = fullName;
    this.header = new HeaderRecipients(settings.headerSizeLimit());
  }

  void run(InputStream in) throws FatalException {
    Optional<ReversePath> sender = sender();
    String who = who(sender);
    try {
      if (!options.dsn().verp().isEmpty() && sender.filter(ReversePath::isNull).isPresent()) {
        throw FatalException.ofMessage("-V option requires non-null sender address");
      }
      List<String> recipients = commandLineRecipients();
      if (options.verify()) {
        checkRecipients(recipients);
        probe(sender, recipients);
        new HandOver(settings, connection).held(submission(sender, recipients), held);
        return;
      }
      MessageInput input =
          new MessageInput(in, options.dotEnds(), settings.endings(), settings.lineLengthLimit());
      boolean more = hold(input);
      if (options.extract()) {
        recipients.addAll(header.recipients());
      }
      checkRecipients(recipients);
      Submission submission = submission(sender, recipients);
      HandOver handOver = new HandOver(settings, connection);
      if (more) {
        handOver.large(submission, new Rest(input));
      } else {
        handOver.held(submission, held);
      }
    } catch (FatalException e) {
      if (!e.errno().isEmpty()) {
        diagnostics.postdrop(caller.uid(), e.errno());
      }
      throw e.by(who);
    } catch (IOException e) {
      throw FatalException.ofMessage("error reading input: " + e.getMessage()).by(who);
    }
  }

  /// -bv reads nothing: what is routed is a message of its own (sendmail.c).
  private void probe(Optional<ReversePath> sender, List<String> recipients) {
    String from = sender.isPresent() ? sender.get().toString() : caller.name();
    StringBuilder message = new StringBuilder();
    if (!from.isEmpty()) {
      message.append("From: ").append(AddressQuoting.quote822(from)).append('\n');
    }
    message.append("Subject: probe\nTo:");
    for (int i = 0; i < recipients.size(); i++) {
      message.append(i == 0 ? "\t" : ",\n\t").append(AddressQuoting.quote822(recipients.get(i)));
    }
    held.writeBytes(message.append("\n\n").toString().getBytes(ISO_8859_1));
  }

  /// The address in `-f`; empty means that pickup takes the login name.
  private Optional<ReversePath> sender() {
    if (!options.senderGiven()) {
      return Optional.empty();
    }
    List<String> addresses = Addresses.of(options.sender());
    if (addresses.size() > 1) {
      diagnostics.warning("-f option specified malformed sender: " + options.sender());
    }
    return Optional.of(ReversePath.parse(addresses.isEmpty() ? "" : addresses.getFirst()));
  }

  private String who(Optional<ReversePath> sender) {
    String name = sender.isPresent() ? sender.get().toString() : caller.name();
    return name + "(" + caller.uid() + ")";
  }

  /// Each word is read like a header: some programs give lists, some `Name <address>`. A word
  /// without any address stands for empty_address_recipient.
  private List<String> commandLineRecipients() {
    List<String> recipients = new ArrayList<>();
    for (String word : options.operands()) {
      List<String> addresses = Addresses.of(word);
      if (addresses.isEmpty()) {
        recipients.add("");
      } else {
        recipients.addAll(addresses);
      }
    }
    return recipients;
  }

  private void checkRecipients(List<String> recipients) throws FatalException {
    if (recipients.isEmpty()) {
      throw FatalException.ofMessage(
          options.extract()
              ? "No recipient addresses found in message header"
              : "Recipient addresses must be specified on the command line or via the -t option");
    }
    for (String recipient : recipients) {
      if (recipient.length() > Submission.TEXT_LIMIT) {
        throw FatalException.ofMessage("recipient address longer than " + Submission.TEXT_LIMIT);
      }
    }
  }

  private Submission submission(Optional<ReversePath> sender, List<String> recipients)
      throws FatalException, IOException {
    if (fullName.isPresent() && !isOneLine(fullName.get())) {
      throw FatalException.ofMessage(
          "the full name (-F, or NAME in the environment) is not one line");
    }
    List<String> clean = new ArrayList<>(recipients.size());
    for (String recipient : recipients) {
      clean.add(isOneLine(recipient) ? recipient : ReversePath.parse(recipient).toString());
    }
    return new Submission(
        SubmissionIds.next(),
        sender,
        fullName,
        Submission.Addressee.all(clean, options.notifyOn()),
        options.dsn(),
        options.body(),
        options.smtpUtf8(),
        options.gateway());
  }

  private static boolean isOneLine(String text) {
    return text.length() <= Submission.TEXT_LIMIT
        && text.indexOf('\n') < 0
        && text.indexOf('\r') < 0
        && text.indexOf('\0') < 0;
  }

  /// Reads until the end of the message, or until it is more than we hold; whether there is more.
  private boolean hold(MessageInput input) throws IOException, FatalException {
    while (size <= HELD_LIMIT || (options.extract() && header.inHeader())) {
      if (!input.next(this)) {
        return false;
      }
      if (size > HEADER_LIMIT) {
        throw FatalException.ofMessage(
            "unable to extract recipients: message header length exceeds safety limit");
      }
    }
    return true;
  }

  @Override
  public void take(byte[] octets, int length, boolean lineEnd) throws IOException, FatalException {
    size += length + (lineEnd ? 1 : 0);
    if (settings.messageSizeLimit() > 0 && size > settings.messageSizeLimit()) {
      throw FatalException.ofWrite(
          "message file too big (message_size_limit = " + settings.messageSizeLimit() + ")",
          "File too large");
    }
    if (options.extract()) {
      header.see(octets, length, lineEnd);
    }
    out.write(octets, 0, length);
    if (lineEnd) {
      out.write('\n');
    }
  }

  /// The rest of a message too large to hold, after what is held.
  private final class Rest implements HandOver.Source {
    private final MessageInput input;

    Rest(MessageInput input) {
      this.input = input;
    }

    @Override
    public void copyTo(OutputStream content) throws IOException, FatalException {
      held.writeTo(content);
      out = content;
      boolean more = true;
      while (more) {
        more = input.next(Enqueue.this);
      }
    }
  }
}
