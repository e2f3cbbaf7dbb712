package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// SMTP clients that deliver without end, within the private machine: `SmtpLoad CLIENTS`, until
/// standard input ends. Prints `taken ID` for each message that was answered 250, and `failed` for
/// each that was not, or whose answer never came.
final class SmtpLoad {

  private static final int MESSAGES_A_SESSION = 5;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean stopping;

  private SmtpLoad() {}

  public static void main(String[] arguments) throws Exception {
    SmtpLoad load = new SmtpLoad();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      clients.add(Thread.ofPlatform().start(load::deliver));
    }
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (in.readLine() != null) {
      // nothing is said but that it is to end
    }
    load.stopping = true;
    for (Thread client : clients) {
      client.join();
    }
  }

  private void deliver() {
    while (!stopping) {
      try (SmtpClient client = new SmtpClient(25)) {
        client.hello();
        for (int i = 0; i < MESSAGES_A_SESSION && !stopping; i++) {
          int number = next.incrementAndGet();
          String id = "s" + number;
          String recipient = Machine.USERS.get(number % Machine.USERS.size());
          if (number % 3 == 0) {
            client.deliverInChunks(recipient, KillLoad.content(id));
          } else {
            client.deliver(recipient, KillLoad.content(id));
          }
          System.out.println("taken " + id);
        }
        client.quit();
      } catch (IOException e) {
        // Nobody said that the last message is taken, so nothing is owed.
        System.out.println("failed");
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
