package org.jmail.command.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.QueueTools;
import org.jmail.command.Command;
import org.jmail.command.CommandLog;
import org.jmail.command.Invocation;

/// postqueue(1): lists and flushes the queue. Every failure ends with status 69, as Postfix's does,
/// whatever it was.
public final class Postqueue implements Command {

  private static final int UNAVAILABLE = 69;
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,255}$)[A-Za-z0-9]([A-Za-z0-9_-]*)(\\.[A-Za-z0-9]([A-Za-z0-9_-]*))*\\.?");
  private static final Pattern LITERAL =
      Pattern.compile("\\[[0-9A-Fa-f:.]+]|\\[IPv6:[0-9A-Fa-f:.]+]");

  /// What to do.
  private enum Mode {
    LIST,
    JSON,
    FLUSH,
    FLUSH_MESSAGE,
    FLUSH_SITE
  }

  /// @param value of -i or -s
  private record Request(Mode mode, String value, Optional<String> directory) {}

  @Override
  public int run(Invocation invocation) {
    CommandLog log = new CommandLog("postqueue");
    try {
      Request request = request(invocation);
      Path directory = ConfigLocation.find(request.directory(), invocation.environment());
      Config config = Configs.main(directory);
      log.by(config);
      perform(request, config, invocation, log);
      return 0;
    } catch (GetOpt.UsageException e) {
      invocation.err().println("postqueue: " + e.getMessage());
      return fatal(invocation, log, usage());
    } catch (FatalException | BadValueException | IOException e) {
      return fatal(invocation, log, String.valueOf(e.getMessage()));
    }
  }

  private static int fatal(Invocation invocation, CommandLog log, String text) {
    invocation.err().println("postqueue: fatal: " + Printable.text(text));
    log.fatal(text);
    return UNAVAILABLE;
  }

  private static String usage() {
    return "usage: postqueue -f | postqueue -i queueid | postqueue -j | postqueue -p"
        + " | postqueue -s site";
  }

  private static Request request(Invocation invocation)
      throws GetOpt.UsageException, FatalException {
    GetOpt.Result arguments = GetOpt.parse("c:fi:jps:v", invocation.arguments());
    Optional<Mode> mode = Optional.empty();
    Optional<String> directory = Optional.empty();
    String value = "";
    for (GetOpt.Option option : arguments.options()) {
      Optional<Mode> wanted =
          switch (option.letter()) {
            case 'f' -> Optional.of(Mode.FLUSH);
            case 'i' -> Optional.of(Mode.FLUSH_MESSAGE);
            case 'j' -> Optional.of(Mode.JSON);
            case 'p' -> Optional.of(Mode.LIST);
            case 's' -> Optional.of(Mode.FLUSH_SITE);
            default -> Optional.empty();
          };
      if (option.letter() == 'c') {
        directory = Optional.of(option.value());
      } else if (wanted.isPresent()) {
        if (mode.isPresent()) {
          throw new FatalException(usage());
        }
        mode = wanted;
        value = option.value();
      }
    }
    if (mode.isEmpty() || !arguments.operands().isEmpty()) {
      throw new FatalException(usage());
    }
    return new Request(mode.get(), value, directory);
  }

  private static void perform(Request request, Config config, Invocation invocation, CommandLog log)
      throws FatalException, BadValueException, IOException {
    switch (request.mode()) {
      case LIST, JSON -> list(request.mode(), config, invocation, log);
      case FLUSH -> {
        try (QueueTools tools = running(config)) {
          tools.flush();
        }
      }
      case FLUSH_MESSAGE -> {
        if (!QueueId.wellFormed(request.value())) {
          throw new FatalException(
              "Cannot flush queue ID - invalid name: " + quoted(request.value()));
        }
        try (QueueTools tools = running(config)) {
          tools.flushMessage(request.value());
        }
      }
      case FLUSH_SITE -> flushSite(request.value(), config);
    }
  }

  private static void flushSite(String site, Config config)
      throws FatalException, BadValueException, IOException {
    Pattern shape = site.startsWith("[") ? LITERAL : HOST;
    if (!shape.matcher(site).matches()) {
      throw new FatalException("Cannot flush mail queue - invalid destination: " + quoted(site));
    }
    try (QueueTools tools = running(config)) {
      if (!tools.flushSite(site)) {
        throw new FatalException(
            "Flush service is not configured for destination \"" + site + "\"");
      }
    }
  }

  private static String quoted(String text) {
    return "\"" + (text.length() > 100 ? text.substring(0, 100) + "..." : text) + "\"";
  }

  private static QueueTools running(Config config) throws FatalException, BadValueException {
    try {
      return new QueueAccess(config).connect();
    } catch (QueueAccess.DownException e) {
      throw new FatalException("Cannot flush mail queue - mail system is down");
    }
  }

  private static void list(Mode mode, Config config, Invocation invocation, CommandLog log)
      throws FatalException, BadValueException, IOException {
    try (QueueTools tools = listable(config, invocation, log)) {
      OctetOutput out = new OctetOutput(invocation.out());
      if (mode == Mode.LIST) {
        MailqListing listing =
            new MailqListing(
                out, config.lookup("enable_long_queue_ids").orElse("no").equalsIgnoreCase("yes"));
        tools.list(listing);
        listing.end();
      } else {
        JsonListing listing = new JsonListing(out);
        tools.list(listing);
        listing.end();
      }
      out.flush();
    }
  }

  private static QueueTools listable(Config config, Invocation invocation, CommandLog log)
      throws FatalException, BadValueException, IOException {
    QueueAccess access = new QueueAccess(config);
    try {
      return access.connect();
    } catch (QueueAccess.DownException e) {
      String how =
          "(Connect to the "
              + config.get(BaseParameters.MAIL_NAME)
              + " showq service: "
              + e.getMessage()
              + ")";
      if (!access.mayOpen()) {
        throw new FatalException("Queue report unavailable - mail system is down " + how);
      }
      String warning = "Mail system is down -- accessing queue directly " + how;
      invocation.err().println("postqueue: warning: " + warning);
      log.warning(warning);
      return access.open();
    }
  }
}
