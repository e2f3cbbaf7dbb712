package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One call of a real command, being put together: `call("sendmail", "root").input("…").run()`. The
/// environment is only what is said here.
final class Call {

  private Duration limit = Duration.ofMinutes(2);

  private final List<String> prefix;
  private final List<String> command;
  private final Map<String, String> environment = new HashMap<>();
  private byte[] input = {};

  Call(List<String> prefix, Map<String, String> environment, List<String> command) {
    this.prefix = prefix;
    this.environment.putAll(environment);
    this.command = command;
  }

  Call input(String octets) {
    return input(octets.getBytes(ISO_8859_1));
  }

  Call input(byte[] octets) {
    input = octets;
    return this;
  }

  Call with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// What may take longer than two minutes.
  Call within(Duration time) {
    limit = time;
    return this;
  }

  /// Runs to the end. A command that does not end in two minutes is a failure.
  Result run() {
    try {
      Process process = start();
      CompletableFuture<byte[]> out = readAll(process.getInputStream());
      CompletableFuture<byte[]> err = readAll(process.getErrorStream());
      CompletableFuture<Void> in =
          CompletableFuture.runAsync(() -> write(process), Thread::startVirtualThread);
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + ": still running after " + limit);
      }
      in.join();
      return new Result(
          command,
          process.exitValue(),
          new String(out.join(), ISO_8859_1),
          new String(err.join(), ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError(String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(String.join(" ", command), e);
    }
  }

  /// Starts it and leaves its streams to the caller.
  Process start() throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void write(Process process) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException e) {
      // The command did not want all of it; its exit status and output tell the rest.
    }
  }

  private static CompletableFuture<byte[]> readAll(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        Thread::startVirtualThread);
  }
}
