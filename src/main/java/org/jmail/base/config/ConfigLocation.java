package org.jmail.base.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where main.cf is: `-c DIR`, else the environment's MAIL_CONFIG, else `/etc/postfix`.
public final class ConfigLocation {
  /// Names the folder in the environment.
  public static final String ENVIRONMENT = "MAIL_CONFIG";

  /// The folder that everybody may use.
  public static final Path DEFAULT = Path.of("/etc/postfix");

  private ConfigLocation() {}

  public static Path find(Optional<String> dashC, Map<String, String> environment) {
    return dashC
        .or(() -> Optional.ofNullable(environment.get(ENVIRONMENT)))
        .map(Path::of)
        .orElse(DEFAULT);
  }
}
