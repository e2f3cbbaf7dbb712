package org.jmail.delivery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Bounced;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.DeliveryResult.Delivered;
import org.jmail.base.dsn.DeliveryResult.Expanded;
import org.jmail.base.dsn.DeliveryResult.Member;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryClient;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.FrameReader;
import org.jmail.base.ipc.FrameWriter;
import org.jmail.base.ipc.RequestAssembler;
import org.jmail.base.ipc.Requests;
import org.jmail.base.ipc.ResultSender;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both ends of the socket between the processes.
final class DeliveryConversationTest {

  @TempDir Path folder;

  private final RecordingLog log = new RecordingLog();
  private final List<Diagnosis> failures = new ArrayList<>();
  private ServerSocketChannel listener;
  private DeliveryClient client;

  @BeforeEach
  void listen() throws IOException {
    Path socket = folder.resolve("delivery");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    client =
        new DeliveryClient(
            socket,
            (request, why) -> {
              synchronized (failures) {
                failures.add(why);
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    listener.close();
  }

  @Test
  void everyKindOfResultComesBackToItsRecipient() throws Exception {
    Map<String, DeliveryResult> wanted =
        Map.of(
            "a", new Delivered(Diagnosis.of("2.0.0", "delivered to mailbox")),
            "b", new Deferred(Diagnosis.of("4.2.2", "mailbox full")),
            "c", new Bounced(Diagnosis.of("5.1.1", "unknown user: \"c\"")),
            "e",
                new Bounced(
                    Diagnosis.of("5.1.1", "unknown user: \"f\""),
                    List.of(
                        new Member(Recipient.of("f"), Diagnosis.of("5.1.1", "unknown user: \"f\"")),
                        new Member(Recipient.of("g"), Diagnosis.of("2.0.0", "delivered")))),
            "d",
                new Expanded(
                    List.of(Recipient.of("x@y"), Recipient.of("z")),
                    ReversePath.parse("owner-d"),
                    "d@here",
                    Diagnosis.of("2.0.0", "expanded")));
    serve(request -> by(request, name -> wanted.get(name)));
    Map<Recipient, DeliveryResult> got =
        client.deliver(Requests.to(List.of("a", "b", "e", "c", "d"), "hello\n"));
    Map<String, DeliveryResult> byName = new HashMap<>();
    got.forEach((recipient, result) -> byName.put(recipient.toString(), result));
    Map<String, DeliveryResult> expected = new HashMap<>();
    wanted.forEach((name, result) -> expected.put(Recipient.of(name).toString(), result));
    assertEquals(expected, byName);
  }

  @Test
  void hundredRequestsAreInWorkAtOnce() throws Exception {
    CyclicBarrier all = new CyclicBarrier(100);
    serve(request -> {
      await(all);
      return by(request, name -> new Delivered(Diagnosis.of("2.0.0", name)));
    });
    List<Callable<Map<Recipient, DeliveryResult>>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String name = "user" + i;
      calls.add(() -> client.deliver(Requests.to(List.of(name), "x".repeat(500))));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int i = 0;
      for (Future<Map<Recipient, DeliveryResult>> answer : threads.invokeAll(calls)) {
        String name = "user" + i++;
        assertEquals(name, result(answer.get(), name).why().text());
      }
    }
  }

  @Test
  void contentOfManyFramesArrivesWholeAndLeavesNoFile() throws Exception {
    String content = "0123456789abcdef\n".repeat(200_000);
    CompletableFuture<String> got = new CompletableFuture<>();
    serve(request -> {
      try {
        got.complete(
            new String(
                request.content().open().readAllBytes(),
                java.nio.charset.StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Map.of();
    });
    client.deliver(Requests.to(List.of("a"), content));
    assertEquals(content, got.get());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("delivery")), files.toList());
    }
  }

  @Test
  void bugInATransportDefersAndIsLogged() throws Exception {
    serve(request -> {
      throw new IllegalStateException("oops\nfake");
    });
    Map<Recipient, DeliveryResult> got = client.deliver(Requests.to(List.of("a"), ""));
    assertEquals("internal error in local", result(got, "a").why().text());
    assertTrue(
        log.lines().getFirst().startsWith("error: ABC123: local failed: "), log.lines().toString());
    assertTrue(log.lines().getFirst().contains("oops?fake"), log.lines().toString());
  }

  @Test
  void unknownTransportDefers() throws Exception {
    serve(
        new DeliveryService(
            name -> Optional.empty(),
            new SpooledContent(folder, 1 << 20),
            program -> log,
            new DeliveryLine(2)));
    Map<Recipient, DeliveryResult> got = client.deliver(Requests.to(List.of("a"), ""));
    assertInstanceOf(Deferred.class, result(got, "a"));
  }

  @Test
  void lostConnectionDefersWhatIsInFlightAndTheNextRequestMakesANewOne() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CompletableFuture<SocketChannel> first = new CompletableFuture<>();
    DeliveryService service =
        service(request -> {
          if (arrived.getCount() > 0) {
            arrived.countDown();
            await(new CountDownLatch(1));
          }
          return by(request, name -> new Delivered(Diagnosis.of("2.0.0", "later")));
        });
    Thread.ofVirtual()
        .start(() -> {
          while (listener.isOpen()) {
            SocketChannel peer = accept();
            first.complete(peer);
            Thread.ofVirtual().start(() -> service.serve(peer));
          }
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Map<Recipient, DeliveryResult>> lost =
          threads.submit(() -> client.deliver(Requests.to(List.of("a"), "x")));
      arrived.await();
      first.get().close();
      DeliveryResult result = result(lost.get(), "a");
      assertInstanceOf(Deferred.class, result);
      assertEquals(List.of(result.why()), failures);
      assertInstanceOf(
          Delivered.class, result(client.deliver(Requests.to(List.of("b"), "x")), "b"));
    }
  }

  @Test
  void resultThatWasNotRecordedIsGivenAgainAndNothingIsDeliveredTwice() throws Exception {
    AtomicInteger deliveries = new AtomicInteger();
    serve(request -> by(request, name -> delivered(deliveries.incrementAndGet())));
    client.deliver(Requests.to(List.of("a"), "x"));
    client.close();
    try (DeliveryClient next = otherClient()) {
      Map<Recipient, DeliveryResult> got = next.deliver(Requests.to(List.of("b", "a"), "x"));
      assertEquals("1", result(got, "a").why().text());
      assertEquals("2", result(got, "b").why().text());
    }
  }

  @Test
  void attemptOfANetworkProcessThatEndedIsWaitedForByTheNext() throws Exception {
    AtomicInteger deliveries = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    serve(request -> {
      begun.countDown();
      await(go);
      return by(request, name -> delivered(deliveries.incrementAndGet()));
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        DeliveryClient next = otherClient()) {
      Future<Map<Recipient, DeliveryResult>> lost =
          threads.submit(() -> client.deliver(Requests.to(List.of("a"), "x")));
      begun.await();
      client.close();
      assertInstanceOf(Deferred.class, result(lost.get(), "a"));
      Future<Map<Recipient, DeliveryResult>> again =
          threads.submit(() -> next.deliver(Requests.to(List.of("a"), "x")));
      go.countDown();
      assertEquals("1", result(again.get(), "a").why().text());
      assertEquals(1, deliveries.get());
    }
  }

  @Test
  void recordedResultIsForgotten() throws Exception {
    AtomicInteger deliveries = new AtomicInteger();
    serve(request -> by(request, name -> delivered(deliveries.incrementAndGet())));
    client.reach(Requests.to(List.of("a"), "x")).recorded().run();
    client.deliver(Requests.to(List.of("b"), "x"));
    assertEquals("3", result(client.deliver(Requests.to(List.of("a"), "x")), "a").why().text());
  }

  @Test
  void manyRecordedResultsAreForgottenWithoutARequestThatSaysSo() throws Exception {
    AtomicInteger deliveries = new AtomicInteger();
    serve(request -> by(request, name -> delivered(deliveries.incrementAndGet())));
    List<Transport.Ending> endings = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      endings.add(client.reach(Requests.to(List.of("user" + i), "x")));
    }
    endings.forEach(ending -> ending.recorded().run());
    client.close();
    try (DeliveryClient next = otherClient()) {
      Map<Recipient, DeliveryResult> got = next.deliver(Requests.to(List.of("user0"), "x"));
      assertEquals("101", result(got, "user0").why().text());
    }
  }

  @Test
  void whatIsToBeTriedAgainIsTriedAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    serve(request ->
        by(
            request,
            name ->
                attempts.incrementAndGet() == 1
                    ? new Deferred(Diagnosis.of("4.2.2", "mailbox full"))
                    : delivered(2)));
    assertInstanceOf(Deferred.class, result(client.deliver(Requests.to(List.of("a"), "x")), "a"));
    assertInstanceOf(Delivered.class, result(client.deliver(Requests.to(List.of("a"), "x")), "a"));
  }

  @Test
  void whatAnEndedNetworkProcessHadAskedForComesBeforeWhatTheNextAsks() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    serve(request ->
        by(
            request,
            name -> {
              order.add(name);
              return delivered(0);
            }));
    client.deliver(Requests.to(List.of("first"), "x"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        DeliveryClient next = otherClient()) {
      Future<Map<Recipient, DeliveryResult>> later =
          threads.submit(() -> next.deliver(Requests.to(List.of("third"), "x")));
      client.deliver(Requests.to(List.of("second"), "x"));
      client.close();
      later.get();
    }
    assertEquals(List.of("first", "second", "third"), order);
  }

  @Test
  void resultsThatWereSentBeforeTheDeliveryProcessEndedCount() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Map<Recipient, DeliveryResult>> answered =
          threads.submit(() -> client.deliver(Requests.to(List.of("a"), "x")));
      try (SocketChannel peer = accept()) {
        RequestAssembler.Complete request = request(peer);
        peer.shutdownInput(); // as when it has ended: what is written to it fails
        Map<Recipient, DeliveryResult> refused = client.deliver(Requests.to(List.of("b"), "x"));
        assertInstanceOf(Deferred.class, result(refused, "b"));
        new ResultSender(new FrameWriter(peer))
            .send(
                request.id(),
                request.request().envelope().recipients(),
                Map.of(Recipient.of("a"), delivered(1)));
      }
      assertEquals("1", result(answered.get(), "a").why().text());
    }
  }

  private RequestAssembler.Complete request(SocketChannel peer) throws IOException {
    RequestAssembler assembler =
        new RequestAssembler(new SpooledContent(folder, 1 << 20), recorded -> {});
    FrameReader reader = new FrameReader(peer);
    while (true) {
      Optional<RequestAssembler.Complete> complete = assembler.accept(reader.next().orElseThrow());
      if (complete.isPresent()) {
        return complete.get();
      }
    }
  }

  private DeliveryClient otherClient() {
    return new DeliveryClient(folder.resolve("delivery"), (request, why) -> {});
  }

  private static Delivered delivered(int number) {
    return new Delivered(Diagnosis.of("2.0.0", Integer.toString(number)));
  }

  @Test
  void malformedFrameClosesItsConnectionWithALogLineAndNoOther() throws Exception {
    serve(request -> by(request, name -> new Delivered(Diagnosis.of("2.0.0", "ok"))));
    try (SocketChannel attacker =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("delivery")))) {
      attacker.write(ByteBuffer.wrap(new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9}));
      assertEquals(-1, attacker.read(ByteBuffer.allocate(1)));
    }
    assertEquals(
        List.of("warning: delivery connection closed: frame of unknown version 9"), log.lines());
    assertInstanceOf(Delivered.class, result(client.deliver(Requests.to(List.of("a"), "x")), "a"));
  }

  private void serve(Transport transport) {
    serve(service(transport));
  }

  private DeliveryService service(Transport transport) {
    return new DeliveryService(
        name -> Optional.of(transport),
        new SpooledContent(folder, 1 << 20),
        program -> log,
        new DeliveryLine(2));
  }

  private void serve(DeliveryService service) {
    Thread.ofVirtual()
        .start(() -> {
          while (listener.isOpen()) {
            SocketChannel peer = accept();
            Thread.ofVirtual().start(() -> service.serve(peer));
          }
        });
  }

  private SocketChannel accept() {
    try {
      return listener.accept();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DeliveryResult result(Map<Recipient, DeliveryResult> results, String name) {
    return Optional.ofNullable(results.get(Recipient.of(name))).orElseThrow();
  }

  private static Map<Recipient, DeliveryResult> by(
      DeliveryRequest request, java.util.function.Function<String, DeliveryResult> result) {
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    for (Recipient recipient : request.envelope().recipients()) {
      results.put(recipient, result.apply(recipient.address().toString()));
    }
    return results;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
