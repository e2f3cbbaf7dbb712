package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plays the client's part of dialogues, within the private machine: reads them from standard input
/// and prints the answers. `connect LANE PORT FROM` begins one; then each line is as in the files
/// of [Dialogue]; `log` ends it. For each there is a block of answer lines, ended by a line with a
/// dot; for `log` they are the lines of the mail log. Dialogues of one lane come one after another,
/// lanes side by side; the answers are in the order of the input.
final class DialogueClient {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final Pattern OCTET = Pattern.compile("\\\\(?:x([0-9a-f]{2})|\\*(.)x(\\d+))");

  private final DialogueLog log;
  private final List<Socket> sockets = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();
  private PrintStream out = System.out;
  private int port;
  private int owed;
  private int connections;

  private DialogueClient(String lane) {
    this.log = new DialogueLog(lane);
  }

  public static void main(String[] arguments) throws Exception {
    List<List<String>> dialogues = new ArrayList<>();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("connect")) {
        dialogues.add(new ArrayList<>());
      }
      dialogues.getLast().add(line);
    }
    for (byte[] said : playAll(dialogues)) {
      System.out.write(said);
    }
    System.out.flush();
  }

  private static List<byte[]> playAll(List<List<String>> dialogues) throws Exception {
    Map<String, DialogueClient> lanes = new HashMap<>();
    Map<String, ExecutorService> threads = new HashMap<>();
    List<Future<byte[]>> said = new ArrayList<>();
    DialogueNeighbours neighbours = DialogueNeighbours.start();
    try {
      for (List<String> dialogue : dialogues) {
        String lane = dialogue.getFirst().split(" ", -1)[1];
        DialogueClient client = lanes.computeIfAbsent(lane, DialogueClient::new);
        said.add(
            threads
                .computeIfAbsent(lane, name -> Executors.newSingleThreadExecutor())
                .submit(() -> client.play(dialogue)));
      }
      List<byte[]> answers = new ArrayList<>();
      for (Future<byte[]> each : said) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      threads.values().forEach(ExecutorService::shutdown);
      neighbours.close();
    }
  }

  private byte[] play(List<String> dialogue) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    out = new PrintStream(said, true, UTF_8);
    for (String line : dialogue) {
      play(line);
    }
    return said.toByteArray();
  }

  private void play(String line) throws IOException {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "connect", "connect-silent" -> {
        port = Integer.parseInt(words[2]);
        connections = 0;
        owed = 0;
        pending.setLength(0);
        connect(words[3]);
        if (words[0].equals("connect")) {
          answer();
        } else {
          nothing();
        }
      }
      case "N:" -> {
        connect(words[1]);
        answer();
      }
      case "H:" -> {
        hangUp();
      }
      case "W:" -> answer();
      case "log" -> {
        while (!sockets.isEmpty()) {
          sockets.removeLast().close();
          log.awaitEnded(connections - sockets.size());
        }
        log.ofSessions(connections).forEach(out::println);
        nothing();
      }
      default -> send(line);
    }
  }

  /// What is pending is still sent; nobody waits for the answers.
  private void hangUp() throws IOException {
    Socket socket = sockets.removeLast();
    socket.getOutputStream().write(pending.toString().getBytes(ISO_8859_1));
    pending.setLength(0);
    socket.close();
    for (; owed > 0; owed--) {
      nothing();
    }
    nothing();
  }

  private void connect(String from) throws IOException {
    InetAddress server = InetAddress.ofLiteral("127.0.0.1");
    Socket socket = new Socket(server, port, InetAddress.ofLiteral(from), 0);
    socket.setSoTimeout(PATIENCE_MILLIS);
    sockets.add(socket);
    connections++;
  }

  private void send(String line) {
    boolean last = !line.startsWith("C+") && !line.startsWith("D+");
    String text = line.length() > 3 ? octets(line.substring(3)) : "";
    pending.append(line.startsWith("R:") ? text : text + "\r\n");
    try {
      if (last) {
        sockets.getLast().getOutputStream().write(pending.toString().getBytes(ISO_8859_1));
        pending.setLength(0);
      }
    } catch (IOException e) {
      // The server has hung up: the reads tell.
    }
    if (line.startsWith("D+")) {
      nothing();
      return;
    }
    owed++;
    if (last) {
      for (; owed > 0; owed--) {
        answer();
      }
    }
  }

  /// `\xNN` is an octet, `\*CxN` the character C, N times; UTF-8 text is its octets.
  private static String octets(String text) {
    String given = new String(text.getBytes(UTF_8), ISO_8859_1);
    Matcher matcher = OCTET.matcher(given);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String octets =
          matcher.group(1) != null
              ? String.valueOf((char) Integer.parseInt(matcher.group(1), 16))
              : matcher.group(2).repeat(Integer.parseInt(matcher.group(3)));
      matcher.appendReplacement(result, Matcher.quoteReplacement(octets));
    }
    return matcher.appendTail(result).toString();
  }

  private void nothing() {
    out.println(".");
  }

  private void answer() {
    try {
      InputStream in = sockets.getLast().getInputStream();
      String line;
      do {
        line = line(in);
        out.println(line);
      } while (line.length() > 3 && line.charAt(3) == '-' && Character.isDigit(line.charAt(0)));
    } catch (SocketTimeoutException e) {
      out.println("<silence>");
    } catch (IOException e) {
      out.println(Dialogue.CLOSED);
    }
    nothing();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return line.isEmpty() ? Dialogue.CLOSED : line + Dialogue.CLOSED;
      }
      line.append((char) c);
    }
    String text = line.toString();
    return new String(
        (text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "<bare>")
            .getBytes(ISO_8859_1),
        UTF_8);
  }
}
