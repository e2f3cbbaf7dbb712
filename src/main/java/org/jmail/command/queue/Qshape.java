package org.jmail.command.queue;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.spool.ListedMessage;
import org.jmail.base.spool.ListedRecipient;
import org.jmail.base.spool.QueueTools;
import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// qshape(1): how old the mail in the queue is, by the domain it goes to or comes from. Postfix
/// counterpart: auxiliary/qshape, which reads queue files; this asks the mail system.
public final class Qshape implements Command {

  private static final Set<String> QUEUES =
      Set.of("maildrop", "incoming", "active", "deferred", "hold", "corrupt");
  private static final String USAGE =
      "usage: qshape [-s] [-p] [-m min_subdomains] [-l] [-b bucket_count] [-t bucket_time]"
          + " [-w terminal_width] [-c config_directory] [queue_name ...]";

  private final InstantSource clock;

  public Qshape() {
    this(InstantSource.system());
  }

  Qshape(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public int run(Invocation invocation) {
    try {
      show(GetOpt.parse("lhc:psw:b:t:m:n:N:", invocation.arguments()), invocation);
      return 0;
    } catch (GetOpt.UsageException e) {
      invocation.err().println("qshape: " + e.getMessage());
      invocation.err().println(USAGE);
      return 1;
    } catch (FatalException | BadValueException | IOException e) {
      invocation.err().println("qshape: fatal: " + Printable.text(String.valueOf(e.getMessage())));
      return 1;
    }
  }

  private void show(GetOpt.Result arguments, Invocation invocation)
      throws GetOpt.UsageException, FatalException, BadValueException, IOException {
    QueueShape.Options options = QueueShape.Options.STANDARD;
    boolean senders = false;
    Optional<String> directory = Optional.empty();
    for (GetOpt.Option option : arguments.options()) {
      switch (option.letter()) {
        case 'h' -> throw new FatalException(USAGE);
        case 'l' -> options = options.inEqualSteps();
        case 'p' -> options = options.withParents();
        case 's' -> senders = true;
        case 'c' -> directory = Optional.of(option.value());
        case 'w' -> options = options.withWidth(number(option));
        case 'b' -> options = options.withBuckets(number(option));
        case 't' -> options = options.withMinutes(number(option));
        case 'm' -> options = options.withSubdomains(number(option));
        default -> number(option); // -n, -N: for a terminal that is redrawn meanwhile
      }
    }
    List<String> queues =
        arguments.operands().isEmpty() ? List.of("incoming", "active") : arguments.operands();
    for (String queue : queues) {
      if (!QUEUES.contains(queue)) {
        invocation
            .err()
            .println(
                "qshape: warning: "
                    + Printable.text(queue)
                    + ": no such queue: there are maildrop, incoming, active, deferred, hold and"
                    + " corrupt");
      }
    }
    Config config = Configs.main(ConfigLocation.find(directory, invocation.environment()));
    QueueShape shape = new QueueShape(options, clock.instant());
    try (QueueTools tools = open(config)) {
      tools.list(new Counting(Set.copyOf(queues), senders, shape));
    }
    OctetOutput out = new OctetOutput(invocation.out());
    out.print(shape.toString());
    out.flush();
  }

  private static int number(GetOpt.Option option) throws FatalException {
    try {
      int number = Integer.parseInt(option.value());
      if (number > 0 && number <= 10_000) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of bounds
    }
    throw new FatalException(
        "-" + option.letter() + " " + option.value() + ": need a number from 1 to 10000");
  }

  private static QueueTools open(Config config)
      throws FatalException, BadValueException, IOException {
    QueueAccess access = new QueueAccess(config);
    try {
      return access.connect();
    } catch (QueueAccess.DownException e) {
      if (!access.mayOpen()) {
        throw new FatalException("Queue report unavailable - mail system is down");
      }
      return access.open();
    }
  }

  /// Counts a listing as it comes.
  private static final class Counting implements QueueTools.Listing {
    private final Set<String> queues;
    private final boolean senders;
    private final QueueShape shape;
    private boolean counted;
    private Instant arrival = Instant.EPOCH;

    Counting(Set<String> queues, boolean senders, QueueShape shape) {
      this.queues = queues;
      this.senders = senders;
      this.shape = shape;
    }

    @Override
    public void message(ListedMessage message) {
      counted = queues.contains(message.queueName());
      arrival = message.arrival();
      if (counted && senders) {
        shape.add(message.sender(), arrival);
      }
    }

    @Override
    public void recipient(ListedRecipient recipient) {
      if (counted && !senders) {
        shape.add(recipient.address(), arrival);
      }
    }
  }
}
