package org.jmail.delivery.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jmail.base.ipc.Supervision;

/// One run of the network process: started, listened to, told to finish. See [Supervision] for what
/// goes over its standard streams.
final class NetworkProcess {

  private static final String ENDED = "the network process has ended";

  private final Process process;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private volatile CompletableFuture<String> reloaded = new CompletableFuture<>();

  private NetworkProcess(Process process) {
    this.process = process;
  }

  /// Starts the program.
  ///
  /// @param lines gets every line that is not about supervision, from both output streams
  static NetworkProcess start(List<String> command, Path directory, Consumer<String> lines)
      throws IOException {
    Process process = new ProcessBuilder(command).directory(directory.toFile()).start();
    NetworkProcess network = new NetworkProcess(process);
    Thread.ofPlatform()
        .daemon()
        .name("network-stdout")
        .start(() -> network.read(process.getInputStream(), lines));
    Thread.ofPlatform()
        .daemon()
        .name("network-stderr")
        .start(() -> network.read(process.getErrorStream(), lines));
    return network;
  }

  private void read(InputStream stream, Consumer<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.ISO_8859_1))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        switch (line) {
          case Supervision.READY -> ready.complete(true);
          case Supervision.RELOADED -> reloaded.complete("");
          default -> {
            if (line.startsWith(Supervision.REFUSED)) {
              reloaded.complete(line.substring(Supervision.REFUSED.length()));
            } else {
              lines.accept(line);
            }
          }
        }
      }
    } catch (IOException e) {
      // As at the end of the stream.
    } finally {
      ready.complete(false);
      reloaded.complete(ENDED);
    }
  }

  /// Lets the process begin.
  void begin() throws IOException {
    say(Supervision.BEGIN);
  }

  private void say(String order) throws IOException {
    OutputStream stdin = process.getOutputStream();
    stdin.write((order + "\n").getBytes(StandardCharsets.ISO_8859_1));
    stdin.flush();
  }

  long pid() {
    return process.pid();
  }

  /// Completes with true when mail is accepted, with false when the process ended before.
  CompletableFuture<Boolean> ready() {
    return ready;
  }

  /// Waits for the end; the exit status as the shell counts it, so 137 after SIGKILL.
  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /// Has the process read the configuration again; empty when it did, else why it did not.
  String reload() throws InterruptedException {
    CompletableFuture<String> answer = new CompletableFuture<>();
    reloaded = answer;
    if (!process.isAlive()) {
      return ENDED;
    }
    try {
      say(Supervision.RELOAD);
      return answer.get(30, TimeUnit.SECONDS);
    } catch (IOException e) {
      return "network process: " + e.getMessage();
    } catch (java.util.concurrent.TimeoutException e) {
      return "network process: no answer within 30 seconds";
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("never completed exceptionally", e);
    }
  }

  /// Has the process finish what it is doing and end; after the time given it is killed.
  void stop(long time, TimeUnit unit) throws InterruptedException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    if (!process.waitFor(time, unit)) {
      process.destroyForcibly().waitFor();
    }
  }
}
