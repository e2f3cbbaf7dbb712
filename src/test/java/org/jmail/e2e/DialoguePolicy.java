package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A policy service whose answer the sender's local part chooses: `show` and `rest` refuse with
/// what it was asked, so that it stands in the dialogue (in two, since replies are cut); `hangup`,
/// `garbage` and `twice` are bad answers; any other is the action itself, with `_` for blanks.
final class DialoguePolicy implements AutoCloseable {

  private final ServerSocket server;

  DialoguePolicy(InetAddress address, int port) throws IOException {
    server = new ServerSocket(port, 50, address);
    Thread.ofPlatform().daemon().start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      Map<String, String> asked = new LinkedHashMap<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          int equals = line.indexOf('=');
          asked.put(line.substring(0, equals), line.substring(equals + 1));
          continue;
        }
        String sender = asked.getOrDefault("sender", "");
        String wish = sender.substring(0, Math.max(0, sender.lastIndexOf('@')));
        if (wish.equals("hangup")) {
          return;
        }
        socket.getOutputStream().write(answer(wish, asked).getBytes(ISO_8859_1));
        asked.clear();
      }
    } catch (IOException e) {
      // The other side has hung up.
    }
  }

  private static String answer(String wish, Map<String, String> asked) {
    return switch (wish) {
      case "show" -> "action=REJECT " + shown(asked).replaceFirst("; etrn_domain=.*", "") + "\n\n";
      case "rest" -> "action=REJECT " + shown(asked).replaceFirst(".*; size", "size") + "\n\n";
      case "garbage" -> "what?\n\n";
      case "other" -> "foo=bar\n\n";
      case "twice" -> "action=DUNNO\naction=REJECT\n\n";
      default -> "action=" + wish.replace('_', ' ') + "\n\n";
    };
  }

  /// All but what differs each time.
  private static String shown(Map<String, String> asked) {
    return asked.entrySet().stream()
        .map(entry ->
            switch (entry.getKey()) {
              case "instance", "queue_id", "client_port" ->
                  entry.getKey() + (entry.getValue().isEmpty() ? "=" : "=SOME");
              default -> entry.getKey() + "=" + entry.getValue();
            })
        .collect(Collectors.joining("; "));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
