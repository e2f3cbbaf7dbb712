package org.jmail.command.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configs;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MainCf;
import org.jmail.base.config.MasterCf;
import org.jmail.base.spool.FirstStart;
import org.jmail.base.spool.SpoolFolder;
import org.jmail.base.spool.SpoolFolders;
import org.jmail.base.spool.SpoolOwners;
import org.jmail.base.table.TableParameters;

/// `postfix check`, which `start` does too, but for the settings without effect. Each complaint
/// names what is wrong and the command that mends it. Postfix counterpart: check-fatal and
/// check-warn of postfix-script.
final class Check {

  private static final int WRITABLE_BY_OTHERS = 022;

  private final Instance instance;
  private final Voice voice;

  Check(Instance instance, Voice voice) {
    this.instance = instance;
    this.voice = voice;
  }

  int run() throws Refusal, BadValueException {
    fatal();
    warn();
    IgnoredParameters.complaints(
            MainCf.read(instance.directory().resolve("main.cf")),
            MasterCf.read(instance.directory().resolve("master.cf")))
        .forEach(voice::warning);
    return 0;
  }

  /// What makes a start pointless. Missing folders are made.
  void fatal() throws Refusal, BadValueException {
    Configuration configuration = Configs.load(instance.directory());
    configuration.warnings().forEach(voice::warning);
    Config main = configuration.main();
    Optional<String> first = FirstStart.message(main, main.get(TableParameters.ALIAS_DATABASE));
    if (first.isPresent()) {
      throw new Refusal(first.get());
    }
    configuration.check();
    voice.detail("every value of " + configuration.names().size() + " parameters can be used");
    queueDirectory();
    new Permissions(instance).createMissing();
  }

  /// A queue that is somewhere else than yesterday is mail that nobody finds: only our own default
  /// is made without being asked.
  private void queueDirectory() throws BadValueException {
    Path queue = instance.queueDirectory();
    if (Files.isDirectory(queue)) {
      return;
    }
    if (Files.exists(queue, LinkOption.NOFOLLOW_LINKS)) {
      throw instance.config().refusal(BaseParameters.QUEUE_DIRECTORY.name(), "not a folder");
    }
    if (instance.config().setting(BaseParameters.QUEUE_DIRECTORY.name()).isPresent()) {
      throw instance
          .config()
          .refusal(
              BaseParameters.QUEUE_DIRECTORY.name(),
              "no such folder (\"mkdir -p " + queue + "\" makes an empty one)");
    }
    voice.info("making the queue directory " + queue);
  }

  /// The names that main.cf sets.
  private List<String> parameters() throws BadValueException {
    return List.copyOf(MainCf.read(instance.directory().resolve("main.cf")).settings().keySet());
  }

  /// What should be mended.
  void warn() throws BadValueException {
    List<String> complaints = new ArrayList<>();
    UnservedRows.warning(MasterCf.read(instance.directory().resolve("master.cf")))
        .ifPresent(complaints::add);
    voice.detail("comparing owners and modes below " + instance.queueDirectory());
    SpoolOwners owners = SpoolOwners.of(instance.config());
    complaints.addAll(SpoolFolders.complaints(SpoolFolder.all(instance.config(), owners)));
    complaints.addAll(new TableCheck(instance.config()).complaints(parameters()));
    configurationFiles(owners.root(), complaints);
    complaints.forEach(voice::warning);
  }

  /// Whoever can write the configuration can have root's delivery process do anything.
  private void configurationFiles(int owner, List<String> complaints) {
    try (Stream<Path> files = Files.list(instance.directory())) {
      complain(instance.directory(), owner, complaints);
      files.sorted().forEach(file -> complain(file, owner, complaints));
    } catch (IOException e) {
      complaints.add("cannot read " + instance.directory() + ": " + e.getMessage());
    }
  }

  private static void complain(Path file, int owner, List<String> complaints) {
    try {
      Map<String, Object> is = Files.readAttributes(file, "unix:uid,mode");
      int uid = (Integer) is.getOrDefault("uid", -1);
      int mode = (Integer) is.getOrDefault("mode", 0);
      if (uid != owner && uid != 0) {
        complaints.add("not owned by root: " + file + " (chown root " + file + " mends it)");
      }
      if ((mode & WRITABLE_BY_OTHERS) != 0) {
        complaints.add("group or other writable: " + file + " (chmod go-w " + file + " mends it)");
      }
    } catch (IOException e) {
      complaints.add("cannot read " + file + ": " + e.getMessage());
    }
  }
}
