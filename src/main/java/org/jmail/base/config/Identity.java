package org.jmail.base.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The defaults that depend on the machine and the process: myhostname, mydomain, mynetworks,
/// config_directory, process_name, process_id and service_name. Nothing here asks the DNS. Postfix
/// counterpart: mail_params.c (check_myhostname, check_mydomainname).
final class Identity {
  private static final String DEFAULT_DOMAIN = "localdomain";
  private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  private final Config config;
  private final String processName;
  private final String serviceName;

  Identity(Config config, String processName, String serviceName) {
    this.config = config;
    this.processName = processName;
    this.serviceName = serviceName;
  }

  String processName() {
    return processName;
  }

  String serviceName() {
    return serviceName;
  }

  /// Names that main.cf cannot set.
  static boolean isReadOnly(String name) {
    return ParameterCatalogue.READ_ONLY.contains(name);
  }

  /// The computed default of a name; empty when it has none.
  Optional<String> value(String name) throws BadValueException {
    return switch (name) {
      case "myhostname" -> Optional.of(hostname());
      case "mydomain" -> Optional.of(domain());
      case "mynetworks" -> Optional.of(MyNetworks.of(config));
      case "config_directory" -> Optional.of(config.directory().toString());
      case "process_name" -> Optional.of(processName);
      case "process_id" -> Optional.of(Long.toString(ProcessHandle.current().pid()));
      case "service_name" -> Optional.of(serviceName);
      default -> Optional.empty();
    };
  }

  private String hostname() throws BadValueException {
    String name = machineName();
    if (name.indexOf('.') >= 0) {
      return name;
    }
    String domain =
        config.setting("mydomain").isPresent()
            ? config.lookup("mydomain").orElse(DEFAULT_DOMAIN)
            : DEFAULT_DOMAIN;
    return name + "." + domain;
  }

  private String domain() throws BadValueException {
    String host = config.lookup("myhostname").orElseThrow();
    int dot = host.indexOf('.');
    return dot < 0 ? DEFAULT_DOMAIN : host.substring(dot + 1);
  }

  /// What gethostname(2) gives.
  private static String machineName() {
    try {
      return Files.readString(HOSTNAME, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
