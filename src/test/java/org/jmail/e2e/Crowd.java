package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A [SmtpCrowd] on a private machine, seen from outside. For one thread.
final class Crowd implements AutoCloseable {

  private final Process process;
  private final BufferedReader said;

  /// Begins to open the sessions.
  Crowd(Machine machine, int sessions) {
    try {
      process =
          machine
              .call(
                  System.getProperty("java.home") + "/bin/java",
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  testClasses().toString(),
                  SmtpCrowd.class.getName(),
                  Integer.toString(sessions))
              .start();
      said = new BufferedReader(new InputStreamReader(process.getInputStream(), ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Path testClasses() {
    return Path.of(System.getProperty("jmail.basedir", "."), "target/test-classes")
        .toAbsolutePath();
  }

  /// Waits until the last session has been answered its EHLO.
  ///
  /// @return what went wrong, a line for each session
  List<String> awaitGreeted() {
    return until("greeted ");
  }

  /// Has each session hand a message over and end, and waits for it.
  ///
  /// @return what went wrong, a line for each session
  List<String> deliver() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return until("taken ");
  }

  private List<String> until(String last) {
    List<String> failures = new ArrayList<>();
    try {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(last)) {
          return failures;
        }
        failures.add(line);
      }
      String errors = new String(process.getErrorStream().readAllBytes(), ISO_8859_1);
      throw new AssertionError("the crowd ended: " + failures + errors);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
