package org.jmail.command.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Configs;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MainCf;
import org.jmail.base.spool.SpoolFolder;
import org.jmail.base.spool.SpoolFolders;
import org.jmail.base.spool.SpoolOwners;

/// `postfix check`, which `start` does too. Each complaint names what is wrong and the command that
/// mends it. Postfix counterpart: check-fatal and check-warn of postfix-script.
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
    return 0;
  }

  /// What makes a start pointless. Missing folders are made.
  void fatal() throws Refusal, BadValueException {
    Configuration configuration = Configs.load(instance.directory());
    configuration.warnings().forEach(voice::warning);
    configuration.check();
    new Permissions(instance).createMissing();
  }

  /// The names that main.cf sets.
  private List<String> parameters() throws BadValueException {
    return List.copyOf(MainCf.read(instance.directory().resolve("main.cf")).settings().keySet());
  }

  /// What should be mended.
  void warn() throws BadValueException {
    List<String> complaints = new ArrayList<>();
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
