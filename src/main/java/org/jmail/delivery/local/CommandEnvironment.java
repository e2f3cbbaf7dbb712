package org.jmail.delivery.local;

import java.util.Map;
import java.util.TreeMap;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.message.Origin;

/// What a command is told about its message. Postfix counterpart: command.c.
final class CommandEnvironment {

  private CommandEnvironment() {}

  /// The environment: what the configuration exports, and what the message tells, in which every
  /// octet outside command_expansion_filter is an underscore.
  static Map<String, String> of(LocalSettings settings, DeliveryRequest request, Attributes a) {
    Map<String, String> told = new TreeMap<>();
    LocalName name = a.name();
    putKnown(told, "HOME", a.rights().home());
    told.put("LOGNAME", name.user());
    told.put("USER", name.user());
    told.put("SENDER", a.from().sender());
    told.put("RECIPIENT", a.address());
    told.put("LOCAL", name.local());
    putKnown(told, "SHELL", a.rights().shell());
    if (a.recipient().address().hasDomain()) {
      told.put("DOMAIN", a.recipient().address().domain());
    }
    if (name.hasExtension()) {
      told.put("EXTENSION", name.extension());
    }
    putKnown(told, "ORIGINAL_RECIPIENT", a.from().original());
    putKnown(told, "ENVID", request.envelope().dsn().envid());
    Origin origin = request.origin();
    putKnown(told, "CLIENT_HOSTNAME", origin.clientName());
    putKnown(told, "CLIENT_ADDRESS", origin.clientAddress());
    putKnown(told, "CLIENT_HELO", origin.helo());
    putKnown(told, "CLIENT_PROTOCOL", origin.protocol());
    putKnown(told, "SASL_METHOD", origin.saslMethod());
    putKnown(told, "SASL_SENDER", origin.saslSender());
    putKnown(told, "SASL_USERNAME", origin.saslUsername());
    told.replaceAll((variable, value) -> censored(value, settings.commandFilter()));
    Map<String, String> environment = new TreeMap<>(settings.environment());
    environment.putAll(told);
    return environment;
  }

  private static void putKnown(Map<String, String> environment, String name, String value) {
    if (!value.isEmpty()) {
      environment.put(name, value);
    }
  }

  private static String censored(String value, String allowed) {
    StringBuilder safe = new StringBuilder(value);
    for (int i = 0; i < safe.length(); i++) {
      if (allowed.indexOf(safe.charAt(i)) < 0) {
        safe.setCharAt(i, '_');
      }
    }
    return safe.toString();
  }
}
