package org.jmail.network.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jmail.base.lmdb.EnvironmentFlag;
import org.jmail.base.lmdb.LmdbEnvironment;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.LmdbOptions;
import org.jmail.base.lmdb.ReadTransaction;
import org.jmail.base.lmdb.WriteTransaction;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Content;
import org.jmail.base.spool.QueueId;

/// The queue in LMDB: one environment, one writer, group commit; large contents in files beside it.
public final class LmdbQueueStore implements QueueStore {

  private static final int MAX_READERS = 1_024;
  private static final long RECENT_OCTETS = 16L << 20;
  private static final long DRAFT_OCTETS = 16L << 20;
  private static final Duration SUBMISSIONS_KEPT = Duration.ofDays(7);

  /// Longer than a network process takes to end.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final QueueSettings settings;
  private final InstantSource clock;
  private final MailLog log;
  private final FileChannel lockFile;
  private final LmdbEnvironment environment;
  private final QueueTables tables;
  private final ContentFiles files;
  private final DiskReserve reserve;
  private final QueueWriter writer;
  private final QueueReader reader;
  private final Admission admission;
  private final RecentContents recent = new RecentContents(RECENT_OCTETS);
  private final DraftMemory memory = new DraftMemory(DRAFT_OCTETS);
  private final AtomicLong lastSerial;
  private final Queue<String> forgotten = new ConcurrentLinkedQueue<>();
  private volatile Consumer<StoredMessage> listener = message -> {};

  private LmdbQueueStore(
      Path folder,
      QueueSettings settings,
      InstantSource clock,
      MailLog log,
      FileChannel lockFile,
      LmdbEnvironment environment)
      throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.log = log;
    this.lockFile = lockFile;
    this.environment = environment;
    this.tables = QueueTables.open(environment);
    this.files = new ContentFiles(folder.resolve("content"));
    this.reserve = new DiskReserve(folder.resolve("data.mdb"));
    try (ReadTransaction transaction = environment.read()) {
      this.lastSerial = new AtomicLong(tables.lastSerial(transaction));
    }
    this.reader = new QueueReader(environment, tables, files, recent);
    this.admission = new Admission(folder, settings.minFree(), reserve, clock, log);
    this.writer =
        new QueueWriter(environment, settings.commitDelay(), reserve, this::writeSerial, log);
  }

  /// Opens the queue in a folder, making it if it is not there, and makes good what a crash left.
  ///
  /// @throws QueueBusyException when another process has it open
  public static LmdbQueueStore open(
      Path folder, QueueSettings settings, InstantSource clock, MailLog log) throws IOException {
    makeFolders(folder);
    return open(folder, settings, clock, log, OwnerLock.take(folder));
  }

  private static void makeFolders(Path folder) throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(folder, mode);
    Files.createDirectories(folder.resolve("content"), mode);
  }

  /// As [#open], for the process whose queue it is: it may have been started while the one before
  /// it still finishes its commits.
  ///
  /// @throws QueueBusyException when another process has it open for longer than that takes
  public static LmdbQueueStore openWhenFree(
      Path folder, QueueSettings settings, InstantSource clock, MailLog log) throws IOException {
    makeFolders(folder);
    return open(folder, settings, clock, log, OwnerLock.await(folder, PATIENCE, log));
  }

  private static LmdbQueueStore open(
      Path folder, QueueSettings settings, InstantSource clock, MailLog log, FileChannel lockFile)
      throws IOException {
    try {
      LmdbEnvironment environment =
          LmdbEnvironment.open(
              folder,
              LmdbOptions.DEFAULT
                  .with(EnvironmentFlag.NO_TLS)
                  .withMapSize(mapSize(folder, settings))
                  .withMaxDatabases(QueueTables.COUNT)
                  .withMaxReaders(MAX_READERS)
                  .withMode(0600));
      try {
        LmdbQueueStore store =
            new LmdbQueueStore(folder, settings, clock, log, lockFile, environment);
        store.recover();
        store.writer.start();
        return store;
      } catch (IOException | RuntimeException e) {
        environment.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  /// Whether a queue has been made in this folder.
  public static boolean exists(Path folder) {
    return Files.exists(folder.resolve("data.mdb"));
  }

  private static long mapSize(Path folder, QueueSettings settings) throws IOException {
    Path data = folder.resolve("data.mdb");
    long size = settings.mapSize();
    long used = Files.exists(data) ? Files.size(data) : 0;
    while (size < 2 * used) {
      size *= 2;
    }
    return size;
  }

  private void recover() throws IOException {
    int orphans = files.removeOrphans(this::hasFile);
    if (orphans > 0) {
      log.info("removed " + orphans + " content files of messages that were never queued");
    }
    try (WriteTransaction transaction = environment.write()) {
      tables.removeSubmissions(transaction, clock.instant().minus(SUBMISSIONS_KEPT));
      transaction.commit();
    }
    reserve.keep(environment.size().lastPage());
  }

  private boolean hasFile(QueueId id) {
    try (ReadTransaction transaction = environment.read()) {
      return tables.message(transaction, id).map(MessageRecord::inFile).orElse(false);
    } catch (CorruptRecordException | LmdbException e) {
      return true;
    }
  }

  @Override
  public Draft begin() throws IOException {
    admit();
    return new LmdbDraft(this, nextId(), Optional.empty(), Optional.empty());
  }

  @Override
  public Draft beginReplacing(Outcome outcome) {
    return new LmdbDraft(this, nextId(), Optional.of(outcome), Optional.empty());
  }

  private void admit() throws IOException {
    // an empty commit makes the writer look at the disk again
    admission.check(
        () -> writer.commit(new ChangeWrite(this, List.of(), QueueChange.FLUSH, Instant.EPOCH)));
  }

  private QueueId nextId() {
    long serial =
        lastSerial.updateAndGet(
            last -> QueueId.next(last, clock.instant(), settings.longIds()).serial());
    return new QueueId(serial, settings.longIds());
  }

  @Override
  public Draft begin(String submission) throws IOException {
    admit();
    return new LmdbDraft(this, nextId(), Optional.empty(), Optional.of(submission));
  }

  @Override
  public boolean wasSubmitted(String submission) throws IOException {
    try (ReadTransaction transaction = environment.read()) {
      return tables.hasSubmission(transaction, submission);
    }
  }

  @Override
  public void forgetSubmission(String submission) {
    forgotten.add(submission);
  }

  /// What goes into each commit besides what it is for.
  private void writeSerial(WriteTransaction transaction) throws LmdbException {
    tables.putSerial(transaction, lastSerial.get());
    for (String id = forgotten.poll(); id != null; id = forgotten.poll()) {
      tables.removeSubmission(transaction, id);
    }
  }

  void insert(InsertWrite write) throws IOException {
    writer.commit(write);
  }

  @Override
  public void record(Outcome outcome) throws IOException {
    writer.commit(new OutcomeWrite(this, outcome, false));
  }

  @Override
  public List<QueueId> change(Collection<QueueId> ids, QueueChange change, Instant now)
      throws IOException {
    ChangeWrite write = new ChangeWrite(this, List.copyOf(ids), change, now);
    writer.commit(write);
    return write.changed();
  }

  @Override
  public Optional<StoredMessage> find(QueueId id) throws IOException {
    try {
      return reader.find(id);
    } catch (CorruptRecordException e) {
      log.error(id + ": cannot be read, saved as corrupt: " + e.getMessage());
    }
    writer.commit(new SetAsideWrite(this, id));
    return Optional.empty();
  }

  @Override
  public Content content(QueueId id) throws IOException {
    return reader.content(id);
  }

  @Override
  public List<Due> due(Due after, Instant until, int limit) throws IOException {
    return reader.due(after, until, limit);
  }

  @Override
  public List<StoredMessage> list(QueueId after, int limit) throws IOException {
    return reader.list(after, limit);
  }

  @Override
  public List<QueueId> requeued(QueueId after, int limit) throws IOException {
    return reader.requeued(after, limit);
  }

  @Override
  public QueueId newest() {
    return new QueueId(lastSerial.get(), true);
  }

  @Override
  public void onCommit(Consumer<StoredMessage> newListener) {
    listener = newListener;
  }

  @Override
  public void close() {
    writer.close();
    environment.close();
    try {
      lockFile.close();
    } catch (IOException e) {
      log.warning("queue: close: " + e.getMessage());
    }
  }

  QueueSettings settings() {
    return settings;
  }

  QueueTables tables() {
    return tables;
  }

  ContentFiles files() {
    return files;
  }

  RecentContents recent() {
    return recent;
  }

  DraftMemory memory() {
    return memory;
  }

  MailLog log() {
    return log;
  }

  void tell(StoredMessage message) {
    listener.accept(message);
  }

  void removeFile(QueueId id) {
    try {
      files.remove(id);
    } catch (IOException e) {
      log.warning(id + ": remove content: " + e.getMessage());
    }
  }
}
