package org.jmail.base.config;

import java.nio.file.Path;
import java.util.List;

/// Reads configurations.
public final class Configs {

  private Configs() {}

  /// main.cf and master.cf of a folder.
  ///
  /// @throws BadValueException naming file and line when one cannot be read or parsed
  public static Configuration load(Path directory) throws BadValueException {
    MainCf main = MainCf.read(directory.resolve("main.cf"));
    MasterCf master = MasterCf.read(directory.resolve("master.cf"));
    return new Configuration(directory, main, master);
  }

  /// main.cf alone, for commands.
  ///
  /// @param program the name that `$process_name` has
  /// @param overrides `name=value`, as after `-o` on a command line
  public static Config main(Path directory, String program, List<String> overrides)
      throws BadValueException {
    return Snapshot.of(directory, MainCf.read(directory.resolve("main.cf")), program)
        .with(overrides);
  }

  /// main.cf alone, for commands.
  public static Config main(Path directory) throws BadValueException {
    return main(directory, "jmail", List.of());
  }

  /// The parameters as a main.cf that was read already has them.
  public static Config of(Path directory, MainCf main, String program) {
    return Snapshot.of(directory, main, program);
  }
}
