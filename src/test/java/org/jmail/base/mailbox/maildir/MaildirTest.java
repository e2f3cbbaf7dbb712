package org.jmail.base.mailbox.maildir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jmail.base.mailbox.AppendResult;
import org.jmail.base.mailbox.MailboxStore;
import org.jmail.base.mailbox.MailboxStoreContract;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.posix.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaildirTest extends MailboxStoreContract {

  @TempDir Path home;
  private final RecordingLog log = new RecordingLog();

  @Override
  protected MailboxStore store(long sizeLimit) {
    return store(home.resolve("Maildir"), sizeLimit);
  }

  private Maildir store(Path path, long sizeLimit) {
    return new Maildir(path + "/", "mx.example/1:2", sizeLimit, InstantSource.fixed(NOW), log);
  }

  @Override
  protected List<String> messages() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files("new")) {
      found.add(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    // All have the same time here; the order of files is not that of arrival.
    return found.stream().sorted().toList();
  }

  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> list = Files.list(home.resolve("Maildir").resolve(folder))) {
      return list.toList();
    }
  }

  @Test
  void missingFoldersAreMadeForTheOwnerAlone() throws Exception {
    store(0).append(List.of(copy("A: b\n")));
    for (String folder : List.of("", "tmp", "new", "cur")) {
      assertEquals(0700, Stat.of(home.resolve("Maildir").resolve(folder)).permissions(), folder);
    }
  }

  @Test
  void aFileIsNamedByTimeDeviceInodeMicrosecondsAndHost() throws Exception {
    store(0).append(List.of(copy("A: b\n")));
    Path file = files("new").getFirst();
    Stat stat = Stat.of(file);
    assertEquals(
        "1709528767.V%xI%xM89000.mx.example\\0571\\0722".formatted(stat.device(), stat.inode()),
        file.getFileName().toString());
    assertEquals(0600, stat.permissions());
    assertEquals(1, stat.links());
  }

  @Test
  void nothingIsLeftInTmp() throws Exception {
    store(50).append(List.of(copy("A: b\n"), copy(broken("A: c\n")), copy("A: " + "d".repeat(90))));
    assertEquals(List.of(), files("tmp"));
  }

  @Test
  void aMaildirThatCannotBeMadeIsRefusedWithTheFilesName() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "not a folder");
    var refused =
        assertInstanceOf(
            AppendResult.Refused.class, store(file, 0).append(List.of(copy("A: b\n"))).getFirst());
    assertTrue(refused.why().text().startsWith("create maildir file " + file + "/tmp/"));
    assertTrue(refused.why().text().endsWith(": Not a directory"));
  }
}
