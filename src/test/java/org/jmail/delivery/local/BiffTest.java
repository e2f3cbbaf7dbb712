package org.jmail.delivery.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jmail.base.maillog.RecordingLog;
import org.junit.jupiter.api.Test;

/// What comsat(8) is told.
final class BiffTest {

  private final RecordingLog log = new RecordingLog();

  @Test
  void theDatagramNamesUserAndOffset() throws Exception {
    try (DatagramSocket comsat = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Biff biff = new Biff(comsatAddress(comsat), log)) {
      comsat.setSoTimeout(10_000);
      biff.notify("joe", 4_294_967_296L);
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      comsat.receive(packet);
      assertEquals(
          "joe@4294967296\0",
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void nobodyListeningIsNoError() {
    try (Biff biff = new Biff(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), log)) {
      for (int i = 0; i < 10; i++) {
        biff.notify("joe", i);
      }
    }
    assertEquals(List.of(), log.lines());
  }

  @Test
  void interruptedDeliveryDoesNotKeepTheNextFromTelling() throws Exception {
    try (DatagramSocket comsat = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Biff biff = new Biff(comsatAddress(comsat), log)) {
      comsat.setSoTimeout(10_000);
      Thread interrupted =
          Thread.ofPlatform()
              .start(() -> {
                Thread.currentThread().interrupt();
                biff.notify("joe", 2);
              });
      interrupted.join();
      biff.notify("joe", 3);
      comsat.receive(new DatagramPacket(new byte[100], 100));
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      comsat.receive(packet);
      assertEquals(
          "joe@3\0",
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
    }
  }

  private static InetSocketAddress comsatAddress(DatagramSocket comsat) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), comsat.getLocalPort());
  }
}
