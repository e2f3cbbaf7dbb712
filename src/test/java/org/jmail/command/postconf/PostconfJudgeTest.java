package org.jmail.command.postconf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jmail.command.Ran;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Postfix's own postconf is the judge: the same configuration and arguments must give the same
/// answer, diagnostics, exit status and file. Configurations are invented from a seed.
final class PostconfJudgeTest {
  /// Another version can be asked with -Djmail.judge.postconf=PATH.
  private static final String JUDGE =
      System.getProperty("jmail.judge.postconf", "/usr/sbin/postconf");

  @TempDir Path folder;

  private record Answer(int status, String out, List<String> err, String main, String master) {
    @Override
    public String toString() {
      return "status "
          + status
          + "\n--- out\n"
          + out
          + "--- err\n"
          + String.join("\n", err)
          + "\n--- main.cf\n"
          + main
          + "--- master.cf\n"
          + master;
    }
  }

  private static final List<List<String>> QUESTIONS =
      List.of(
          List.of("-n"),
          List.of("-nx"),
          List.of("-nf"),
          List.of("-nh"),
          List.of("-nH"),
          List.of("-n", "-C", "user"),
          List.of("-n", "-C", "builtin,service"),
          List.of("-o", "foo=over $bar", "-n", "foo", "relayhost"),
          List.of("-x", "foo", "always_bcc", "nosuch", "mydestination"),
          List.of("-h", "foo", "bar"),
          List.of("-d", "-C", "service"),
          List.of("-M"),
          List.of("-Mf"),
          List.of("-Mx"),
          List.of("-M", "smtp", "*/unix", "none/inet"),
          List.of("-F"),
          List.of("-Ff"),
          List.of("-F", "smtp/inet/command", "*/*/wakeup"),
          List.of("-FH", "*/unix"),
          List.of("-Fh", "*/*/command"),
          List.of("-P"),
          List.of("-Px"),
          List.of("-P", "*/*/foo", "smtp"),
          List.of("-PH"),
          List.of("-e", "foo = new"),
          List.of("foo=", "foo = other"),
          List.of("-#", "foo", "bar"),
          List.of("-X", "foo", "relayhost"),
          List.of("-M", "smtp/inet=smtp inet n - n - 7 smtpd -o a=b -o { c = d e } -v"),
          List.of("-M", "new/unix=new unix - n n - - pipe flags=R user=x argv=/bin/y {a b}"),
          List.of("-M#", "smtp/inet"),
          List.of("-MX", "*/unix"),
          List.of("-F", "*/*/chroot=n", "smtp/*/process_limit=3"),
          List.of("-F", "pipe1/unix/command=pipe -o x=y flags=F argv=z"),
          List.of("-P", "smtp/inet/foo=bar", "*/unix/syslog_name=x"),
          List.of("-PX", "*/*/foo", "smtp/inet/none"));

  static Stream<Long> seeds() {
    return IntStream.range(0, Integer.getInteger("jmail.judge.seeds", 48)).mapToObj(i -> (long) i);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void answersAsPostfixDoes(long seed) throws IOException, InterruptedException {
    InventedConfiguration invented = new InventedConfiguration(seed);
    String main = invented.mainCf();
    String master = invented.masterCf();
    List<List<String>> questions = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      questions.add(QUESTIONS.get((int) ((seed * 6 + i) % QUESTIONS.size())));
    }
    for (List<String> question : questions) {
      write(main, master);
      Answer wanted = judge(question);
      write(main, master);
      Answer got = ours(question);
      if (wanted.err().stream().anyMatch(line -> line.contains("macro processing error"))) {
        // Which values Postfix reads before it gives up depends on a hash function.
        assertEquals(wanted.status(), got.status(), () -> question + "\n" + main + master);
        continue;
      }
      if (wanted.status() > 128) {
        // Postfix recurses to death where an expression refers to itself.
        assertEquals(1, got.status(), () -> question + "\n" + main + master);
        continue;
      }
      assertEquals(
          wanted.toString(),
          got.toString(),
          () -> "postconf " + question + "\nmain.cf:\n" + main + "\nmaster.cf:\n" + master);
    }
  }

  private void write(String main, String master) throws IOException {
    Files.writeString(folder.resolve("main.cf"), main, StandardCharsets.ISO_8859_1);
    Files.writeString(folder.resolve("master.cf"), master, StandardCharsets.ISO_8859_1);
    for (String name : List.of("main.cf", "master.cf")) {
      // Postfix waits a second for a main.cf that has just been written.
      Files.setLastModifiedTime(
          folder.resolve(name), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
    }
  }

  private Answer judge(List<String> question) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JUDGE, "-c", folder.toString()));
    command.addAll(question);
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectError(err.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    int status = process.waitFor();
    return answer(status, out, Files.readString(err, StandardCharsets.ISO_8859_1));
  }

  private Answer ours(List<String> question) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-c", folder.toString()));
    arguments.addAll(question);
    Ran ran = Ran.of(new Postconf(), "postconf", arguments, "", Map.of());
    return answer(ran.status(), ran.out(), ran.err());
  }

  private Answer answer(int status, String out, String err) throws IOException {
    return new Answer(
        status,
        out,
        err.lines()
            .map(line -> line.replaceFirst("^[^ :]*postconf: ", ""))
            // Postfix 3.7 advises against nothing.
            .filter(line -> !line.contains(": support for parameter") && !line.contains("See http"))
            .map(line -> line.replace(folder + "/", ""))
            // Postfix loses count of the lines while it edits.
            .map(line -> line.replaceFirst("line [0-9]+: bad field", "bad field"))
            .sorted()
            .toList(),
        Files.readString(folder.resolve("main.cf"), StandardCharsets.ISO_8859_1),
        Files.readString(folder.resolve("master.cf"), StandardCharsets.ISO_8859_1));
  }
}
