package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// One SMTP session as it is recorded: what the client sends, and what real Postfix answers. The
/// files in `dialogues` hold them:
///
/// ```
/// === name
/// -o name = value     a setting of the listener
/// from 127.0.0.2      the client's address
/// speaks first        the client does not wait for the greeting
/// C: EHLO me          a line that is sent with CRLF; then the answer is waited for
/// C+ MAIL FROM:<a@b>  the same, sent together with what follows; answered after it
/// R: text\x0d\x0a     octets that are sent as they are
/// D+ text             a line of content, which has no answer
/// W: how long         nothing is sent: what does the server say by itself?
/// N: 127.0.0.3        one more connection, from that address, which speaks from now on
/// H: why              hangs up; the connection before speaks on
/// S: 250 …            Postfix's answer, a line each; <closed> when the server hung up
/// J: 250 …            ours, where it is meant to differ
/// why tls             the paragraph of docs/smtp-differences.md that says why
/// L: connect from …   after the last step: a line that Postfix logs, without time and process
/// K: connect from …   all lines of ours, where they are meant to differ, with their `why`
/// ```
///
/// In answers, queue ids and the name of the mail system are the words ID and NAME.
///
/// @param speaksFirst whether the client does not wait for the greeting
/// @param log what Postfix logs of it, and what we do
record Dialogue(
    String name,
    List<String> settings,
    String from,
    boolean speaksFirst,
    List<Step> steps,
    Step log) {

  /// The end of a connection, as an answer.
  static final String CLOSED = "<closed>";

  /// One thing that is sent, and the answers.
  ///
  /// @param sent the line as it stands in the file: its first two characters say how
  /// @param postfix Postfix's answer
  /// @param ours empty when it is the same
  /// @param why empty when ours is the same
  record Step(String sent, List<String> postfix, List<String> ours, String why) {

    /// What jmail is to answer.
    List<String> wanted() {
      return ours.isEmpty() ? postfix : ours;
    }
  }

  static Path folder() {
    return Path.of(System.getProperty("jmail.basedir", "."), "src/test/resources/dialogues");
  }

  static List<Path> files() {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The lookup tables that settings name, as files of /etc/postfix.
  static List<Path> tables() {
    try (Stream<Path> files = Files.list(folder().resolve("tables"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<Dialogue> all() {
    List<Dialogue> all = files().stream().flatMap(file -> read(file).stream()).toList();
    Set<String> names = new HashSet<>();
    all.forEach(dialogue -> assertTrue(names.add(dialogue.name()), () -> "twice: " + dialogue));
    return all;
  }

  static List<Dialogue> read(Path file) {
    List<Dialogue> found = new ArrayList<>();
    Reader reader = new Reader();
    try {
      for (String line : Files.readAllLines(file, UTF_8)) {
        reader.line(line, found);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    reader.end(found);
    return found;
  }

  private static final class Reader {
    private String name = "";
    private List<String> settings = new ArrayList<>();
    private String from = "127.0.0.1";
    private boolean speaksFirst;
    private List<String> logged = new ArrayList<>();
    private List<String> ourLog = new ArrayList<>();
    private String whyLog = "";
    private List<Step> steps = new ArrayList<>();
    private String sent = "";
    private List<String> postfix = new ArrayList<>();
    private List<String> ours = new ArrayList<>();
    private String why = "";

    void line(String line, List<Dialogue> found) {
      if (line.startsWith("=== ")) {
        end(found);
        name = line.substring(4);
      } else if (line.startsWith("-o ")) {
        settings.add(line.substring(3));
      } else if (line.startsWith("from ")) {
        from = line.substring(5);
      } else if (line.startsWith("S: ")) {
        postfix.add(line.substring(3));
      } else if (line.startsWith("J: ")) {
        ours.add(line.substring(3));
      } else if (line.startsWith("L: ")) {
        logged.add(line.substring(3));
      } else if (line.startsWith("K: ")) {
        ourLog.add(line.substring(3));
      } else if (line.startsWith("why ") && !ourLog.isEmpty()) {
        whyLog = line.substring(4);
      } else if (line.startsWith("why ")) {
        why = line.substring(4);
      } else if (line.equals("speaks first")) {
        speaksFirst = true;
      } else if (line.matches("(?:[CRWNH]:|[CD]\\+) .*")) {
        step();
        sent = line;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new AssertionError(name + ": what is this: " + line);
      }
    }

    private void step() {
      if (!sent.isEmpty() || !postfix.isEmpty()) {
        steps.add(new Step(sent, List.copyOf(postfix), List.copyOf(ours), why));
      }
      sent = "";
      postfix = new ArrayList<>();
      ours = new ArrayList<>();
      why = "";
    }

    void end(List<Dialogue> found) {
      step();
      if (!name.isEmpty()) {
        // The first step is the greeting, which nothing is sent for.
        if (speaksFirst) {
          steps.addFirst(new Step("", List.of(), List.of(), "")); // There is no greeting.
        }
        Step log = new Step("", List.copyOf(logged), List.copyOf(ourLog), whyLog);
        found.add(
            new Dialogue(name, List.copyOf(settings), from, speaksFirst, List.copyOf(steps), log));
      }
      name = "";
      settings = new ArrayList<>();
      from = "127.0.0.1";
      speaksFirst = false;
      logged = new ArrayList<>();
      ourLog = new ArrayList<>();
      whyLog = "";
      steps = new ArrayList<>();
    }
  }
}
