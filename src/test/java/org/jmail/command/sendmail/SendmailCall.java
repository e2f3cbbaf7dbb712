package org.jmail.command.sendmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReader;
import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// A place where sendmail can be called: a folder with main.cf and a queue directory, where nobody
/// listens, so that messages go to maildrop and can be read there.
final class SendmailCall {

  private final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  /// The calls of other commands: name and arguments, joined by blanks.
  final List<String> others = new ArrayList<>();

  /// What a call came to.
  record Outcome(int status, String err) {}

  /// A message as it lies in maildrop.
  record Dropped(Submission submission, String content) {}

  SendmailCall(Path folder) {
    this.folder = folder;
    settings.put("queue_directory", folder.toString());
    settings.put("myhostname", "localhost");
    settings.put("mydomain", "localdomain");
    settings.put("maillog_file", folder.resolve("mail.log").toString());
    settings.put("maillog_file_prefixes", folder.toString());
    environment.put("MAIL_CONFIG", folder.toString());
    try {
      Files.createDirectories(folder.resolve("maildrop"));
      Files.createDirectories(folder.resolve("public"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SendmailCall set(String parameter, String value) {
    settings.put(parameter, value);
    return this;
  }

  SendmailCall env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Outcome run(String input, String... arguments) {
    return run(new ByteArrayInputStream(input.getBytes(ISO_8859_1)), arguments);
  }

  /// One call by another name.
  Outcome called(String name, String... arguments) {
    return run(name, InputStream.nullInputStream(), arguments);
  }

  Outcome run(InputStream input, String... arguments) {
    return run("sendmail", input, arguments);
  }

  private Outcome run(String name, InputStream input, String... arguments) {
    StringBuilder mainCf = new StringBuilder();
    settings.forEach((parameter, value) -> mainCf.append(parameter + " = " + value + "\n"));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      Files.writeString(folder.resolve("main.cf"), mainCf, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int status =
        new Sendmail(this::other)
            .run(
                new Invocation(
                    name,
                    List.of(arguments),
                    input,
                    new PrintStream(OutputStream.nullOutputStream(), true, ISO_8859_1),
                    new PrintStream(err, true, ISO_8859_1),
                    environment));
    return new Outcome(status, err.toString(ISO_8859_1));
  }

  private Optional<Command> other(String name) {
    return Optional.of(invocation -> {
      others.add((name + " " + String.join(" ", invocation.arguments())).strip());
      return 0;
    });
  }

  /// The messages in maildrop.
  List<Dropped> dropped() {
    List<Dropped> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("maildrop"))) {
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          SubmissionReader reader = SubmissionReader.ofFile(in);
          Submission submission = reader.only();
          found.add(
              new Dropped(submission, new String(reader.content().readAllBytes(), ISO_8859_1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /// The lines of the mail log, without time and process number.
  List<String> logged() {
    Path log = folder.resolve("mail.log");
    try {
      return Files.exists(log)
          ? Files.readAllLines(log, ISO_8859_1).stream()
              .map(line -> line.replaceFirst("^.*? localhost (\\S+)\\[\\d+]: ", "$1: "))
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What one successful call left in maildrop.
  Dropped drop(String input, String... arguments) {
    Outcome outcome = run(input, arguments);
    if (!outcome.equals(new Outcome(0, ""))) {
      throw new AssertionError(outcome);
    }
    return dropped().getFirst();
  }
}
