package org.jmail.base.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// main.cf and master.cf as they were at one moment. Immutable; reload makes a new one.
public final class Configuration {
  private final Snapshot main;
  private final MainCf mainCf;
  private final MasterCf master;

  Configuration(Path directory, MainCf mainCf, MasterCf master) {
    this.main = Snapshot.of(directory, mainCf, "master");
    this.mainCf = mainCf;
    this.master = master;
  }

  /// main.cf as a process sees it that is no master.cf service.
  public Config main() {
    return main;
  }

  /// The names that main.cf sets.
  public Set<String> names() {
    return mainCf.settings().keySet();
  }

  public MasterCf master() {
    return master;
  }

  /// main.cf with the `-o` settings of the first service of that name, whatever its type; main.cf
  /// alone when master.cf has no such service.
  public Config forService(String name) {
    return master.service(name).map(this::forService).orElse(main);
  }

  /// main.cf with the `-o` settings of one service; main.cf alone when master.cf does not have it.
  public Config forService(String type, String name) {
    return master.service(type, name).map(this::forService).orElse(main);
  }

  /// main.cf with the `-o` settings of one row of master.cf.
  public Config forService(MasterService service) {
    return main.forService(service);
  }

  /// Checks that every value that is set, in main.cf and in the `-o` settings of master.cf, is one
  /// that its parameter can have, and that they fit each other: what a start or a reload finds
  /// before anything depends on it.
  ///
  /// @throws BadValueException naming file, line and parameter
  public void check() throws BadValueException {
    ValueCheck.values(main, names());
    for (MasterService service : master.services()) {
      ValueCheck.values(main.forService(service), service.settings().keySet());
    }
    ValueCheck.together(this);
  }

  /// What was odd while reading, one line each, for the log.
  public List<String> warnings() {
    List<String> all = new ArrayList<>(mainCf.warnings());
    all.addAll(master.warnings());
    return List.copyOf(all);
  }
}
