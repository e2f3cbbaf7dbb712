package org.jmail.network.bounce;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// A word of notify_classes: what postmaster is told about (Postfix mail_error.c).
public enum NotifyClass {
  /// Mail that is returned, each time a copy with the headers only.
  BOUNCE("bounce"),
  /// Returned mail that could not be returned.
  DOUBLE_BOUNCE("2bounce"),
  /// A transcript of an SMTP session whose message was refused for its content.
  DATA("data"),
  /// Mail that is delayed.
  DELAY("delay"),
  /// A transcript of an SMTP session in which something was refused by policy.
  POLICY("policy"),
  /// A transcript of an SMTP session with protocol errors.
  PROTOCOL("protocol"),
  /// Mail not taken for lack of space and the like.
  RESOURCE("resource"),
  /// Mail not taken because of a fault of the mail system.
  SOFTWARE("software");

  private final String word;

  NotifyClass(String word) {
    this.word = word;
  }

  /// As notify_classes says.
  public static Set<NotifyClass> parse(Config config) throws BadValueException {
    Set<NotifyClass> classes = EnumSet.noneOf(NotifyClass.class);
    for (String word : config.get(BounceParameters.NOTIFY_CLASSES)) {
      classes.add(
          named(word)
              .orElseThrow(() ->
                  config.refusal(
                      "notify_classes",
                      "unknown class \""
                          + word
                          + "\": need bounce, 2bounce, data, delay, policy, protocol, resource or"
                          + " software")));
    }
    return classes;
  }

  private static Optional<NotifyClass> named(String word) {
    return Arrays.stream(values())
        .filter(known -> known.word.equals(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
