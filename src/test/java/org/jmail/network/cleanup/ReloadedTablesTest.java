package org.jmail.network.cleanup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.table.IndexWriter;
import org.jmail.base.table.TableContext;
import org.jmail.network.rewrite.Resolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reload leaves behind.
final class ReloadedTablesTest {

  @TempDir Path folder;
  private final RecordingLog log = new RecordingLog();
  private Optional<Cleanup> cleanup = Optional.empty();

  private Config config(String parameter) throws Exception {
    Path table = folder.resolve("table");
    Config config =
        TestConfig.of(
            folder,
            Map.of(
                "myhostname", "localhost", "mydomain", "localdomain", parameter, "lmdb:" + table));
    IndexWriter.rebuild(
        "lmdb",
        table.toString(),
        TableContext.of(config, log::warning),
        writer -> writer.put("a@b", "smtp:c"));
    return config;
  }

  /// How often this process has the table open.
  private long open() throws IOException {
    long count = 0;
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          count += Files.readSymbolicLink(descriptor).startsWith(folder) ? 1 : 0;
        } catch (NoSuchFileException e) {
          // closed meanwhile
        }
      }
    }
    return count;
  }

  private void awaitAllClosed() throws IOException {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (open() > 0 && Instant.now().isBefore(end)) {
      System.gc();
    }
    assertEquals(0, open());
  }

  @Test
  void theTablesOfACleanupThatNobodyUsesAnyMoreAreClosed() throws Exception {
    cleanup = Optional.of(Cleanup.open(config("virtual_alias_maps"), log, InstantSource.system()));
    System.gc();
    assertTrue(open() > 0 && cleanup.isPresent());
    cleanup = Optional.empty();
    awaitAllClosed();
  }

  @Test
  void theTablesOfAResolverThatNobodyUsesAnyMoreAreClosed() throws Exception {
    List<Resolver> current = new ArrayList<>();
    current.add(Resolver.open(config("transport_maps"), log));
    System.gc();
    assertEquals(
        "c", current.getFirst().resolve(ReversePath.NULL, EmailAddress.parse("a@b")).nexthop());
    current.clear();
    awaitAllClosed();
  }
}
