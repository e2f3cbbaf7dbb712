package org.jmail.network.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A policy service for tests: answers each request with the octets that a function gives; null
/// closes the connection, the empty text answers nothing.
public final class PolicyServer implements AutoCloseable {

  private final ServerSocket listener;
  private final Function<Map<String, String>, String> answers;
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// Answers `action=…`.
  public static PolicyServer saying(String action) throws IOException {
    return new PolicyServer(request -> "action=" + action + "\n\n");
  }

  public PolicyServer(Function<Map<String, String>, String> answers) throws IOException {
    this.answers = answers;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /// `inet:127.0.0.1:port`.
  public String endpoint() {
    return "inet:127.0.0.1:" + listener.getLocalPort();
  }

  public List<Map<String, String>> requests() {
    return List.copyOf(requests);
  }

  public int connections() {
    return connections.get();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      Map<String, String> request = new LinkedHashMap<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int equals = line.indexOf('=');
        if (equals >= 0) {
          request.put(line.substring(0, equals), line.substring(equals + 1));
          continue;
        }
        requests.add(Map.copyOf(request));
        String answer = answers.apply(request);
        if (answer == null) {
          return;
        }
        out.write(answer.getBytes(ISO_8859_1));
        out.flush();
        request.clear();
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
