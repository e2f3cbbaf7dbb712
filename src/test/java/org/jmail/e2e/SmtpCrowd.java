package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Many SMTP sessions at once, within the private machine: `SmtpCrowd SESSIONS`. Opens them all,
/// says EHLO in each, prints `greeted N`; waits for a line on standard input; then each hands one
/// message over and leaves, and it prints `taken N`. Before each count there is a line for every
/// session that failed.
final class SmtpCrowd {

  /// How many connect at the same time: a host's queue of connections to accept is short.
  private static final int CONNECTING = 500;

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger done = new AtomicInteger();
  private final Semaphore connecting = new Semaphore(CONNECTING);
  private final CountDownLatch greeted;
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch over;

  private SmtpCrowd(int sessions) {
    greeted = new CountDownLatch(sessions);
    over = new CountDownLatch(sessions);
  }

  public static void main(String[] arguments) throws Exception {
    int sessions = Integer.parseInt(arguments[0]);
    SmtpCrowd crowd = new SmtpCrowd(sessions);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (int i = 0; i < sessions; i++) {
      int number = i;
      var _ = Thread.startVirtualThread(() -> crowd.visit(number));
    }
    crowd.greeted.await();
    crowd.print("greeted");
    if (in.readLine() != null) {
      crowd.go.countDown();
      crowd.over.await();
      crowd.print("taken");
    }
  }

  /// The messages of a crowd say which they are.
  static String content(int number) {
    return "From: root@localhost\nSubject: crowd\n\nmessage " + number + "\n";
  }

  static String recipient(int number) {
    return Machine.USERS.get(number % Machine.USERS.size());
  }

  /// Where a message lies that [#content] made.
  static int numberOf(MailMessage message) {
    return Integer.parseInt(message.body().strip().replace("message ", ""));
  }

  private void visit(int number) {
    boolean inside = false;
    connecting.acquireUninterruptibly();
    try (SmtpClient client = new SmtpClient(25)) {
      client.hello();
      connecting.release();
      inside = true;
      done.incrementAndGet();
      greeted.countDown();
      go.await();
      client.deliver(recipient(number), content(number));
      client.quit();
      done.incrementAndGet();
    } catch (IOException e) {
      failures.add(number + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!inside) {
        connecting.release();
        greeted.countDown();
      }
      over.countDown();
    }
  }

  private void print(String what) {
    List.copyOf(failures).forEach(System.out::println);
    failures.clear();
    System.out.println(what + " " + done.getAndSet(0));
  }
}
