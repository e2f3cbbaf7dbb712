package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plays the client's part of dialogues, within the private machine: reads them from standard input
/// and prints the answers. `connect PORT FROM` begins one; then each line is as in the files of
/// [Dialogue]. For each there is a block of answer lines, ended by a line with a dot.
final class DialogueClient {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final Pattern OCTET = Pattern.compile("\\\\(?:x([0-9a-f]{2})|\\*(.)x(\\d+))");

  private DialogueClient() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Socket socket = new Socket();
    int owed = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("connect ")) {
        socket.close();
        pending.setLength(0);
        String[] words = line.split(" ", -1);
        socket =
            new Socket(
                InetAddress.ofLiteral("127.0.0.1"),
                Integer.parseInt(words[1]),
                InetAddress.ofLiteral(words[2]),
                0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        answer(socket.getInputStream(), out);
        owed = 0;
        continue;
      }
      boolean last = !line.startsWith("C+") && !line.startsWith("D+");
      String text = line.length() > 3 ? octets(line.substring(3)) : "";
      boolean raw = line.startsWith("R:");
      try {
        pending.append(raw ? text : text + "\r\n");
        if (last) {
          socket.getOutputStream().write(pending.toString().getBytes(ISO_8859_1));
          pending.setLength(0);
        }
      } catch (IOException e) {
        // The server has hung up: the reads tell.
      }
      if (line.startsWith("D+")) {
        out.println("."); // an empty block
        continue;
      }
      owed++;
      if (last) {
        for (; owed > 0; owed--) {
          answer(socket.getInputStream(), out);
        }
      }
    }
    socket.close();
  }

  private static final StringBuilder pending = new StringBuilder();

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

  private static void answer(InputStream in, PrintStream out) {
    try {
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
    out.println(".");
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
