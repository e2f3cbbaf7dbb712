package org.jmail.command.queue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.QueueTools;
import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// postcat(1): shows a message of the queue (-q), or a queue file that Postfix left behind.
public final class Postcat implements Command {

  private static final String USAGE =
      "usage: postcat [-b (body text)] [-c config_dir] [-d (decimal record type)]"
          + " [-e (envelope records)] [-h (header text)] [-q (access queue)] [-v] [file(s)...]";

  @Override
  public int run(Invocation invocation) {
    try {
      GetOpt.Result arguments = GetOpt.parse("bc:defhoqrs:v", invocation.arguments());
      OctetOutput out = new OctetOutput(invocation.out());
      try {
        print(arguments, out, invocation);
      } finally {
        out.flush();
      }
      return 0;
    } catch (GetOpt.UsageException e) {
      invocation.err().println("postcat: " + e.getMessage());
      return fatal(invocation, USAGE);
    } catch (FatalException | BadValueException | IOException e) {
      return fatal(invocation, String.valueOf(e.getMessage()));
    }
  }

  private static int fatal(Invocation invocation, String text) {
    invocation.err().println("postcat: fatal: " + Printable.text(text));
    return 1;
  }

  private static void print(GetOpt.Result arguments, OctetOutput out, Invocation invocation)
      throws FatalException, BadValueException, IOException {
    RecordPrinter.Flags flags = RecordPrinter.Flags.of(arguments);
    Optional<String> directory = Optional.empty();
    boolean queue = false;
    for (GetOpt.Option option : arguments.options()) {
      directory = option.letter() == 'c' ? Optional.of(option.value()) : directory;
      queue |= option.letter() == 'q';
    }
    Config config = Configs.main(ConfigLocation.find(directory, invocation.environment()));
    if (arguments.operands().isEmpty()) {
      byte[] octets = invocation.in().readAllBytes();
      new QueueFile("stdin", octets).print(new RecordPrinter(out, flags), invocation.err());
    } else if (queue) {
      fromQueue(arguments, config, out, flags);
    } else {
      for (String file : arguments.operands()) {
        new QueueFile(file, read(file)).print(new RecordPrinter(out, flags), invocation.err());
      }
    }
  }

  private static void fromQueue(
      GetOpt.Result arguments, Config config, OctetOutput out, RecordPrinter.Flags flags)
      throws FatalException, BadValueException, IOException {
    for (String id : arguments.operands()) {
      if (!QueueId.wellFormed(id)) {
        throw new FatalException("bad mail queue ID: " + id);
      }
    }
    try (QueueTools tools = tools(new QueueAccess(config), arguments.operands().getFirst())) {
      for (String id : arguments.operands()) {
        if (!tools.records(id, new RecordPrinter(out, flags))) {
          throw new FatalException("open queue file " + id + ": No such file or directory");
        }
      }
    }
  }

  private static QueueTools tools(QueueAccess access, String id)
      throws BadValueException, IOException, FatalException {
    try {
      return access.connect();
    } catch (QueueAccess.DownException e) {
      if (!access.mayOpen()) {
        throw new FatalException("open queue file " + id + ": Permission denied");
      }
      return access.open();
    }
  }

  private static byte[] read(String file) throws FatalException, IOException {
    Path path = Path.of(octetsToName(file));
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new FatalException("open " + file + ": No such file or directory");
    } catch (AccessDeniedException e) {
      throw new FatalException("open " + file + ": Permission denied");
    }
  }

  /// A name as the JDK wants it, from the octets that the user typed.
  private static String octetsToName(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
