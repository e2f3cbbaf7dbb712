package org.jmail.network.bounce;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.config.BadValueException;

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

  static Set<NotifyClass> parse(List<String> words) throws BadValueException {
    Set<NotifyClass> classes = EnumSet.noneOf(NotifyClass.class);
    for (String word : words) {
      classes.add(named(word));
    }
    return classes;
  }

  private static NotifyClass named(String word) throws BadValueException {
    for (NotifyClass known : values()) {
      if (known.word.equals(word.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    throw new BadValueException(
        "parameter notify_classes: unknown class \""
            + word
            + "\": need bounce, 2bounce, data, delay, policy, protocol, resource or software");
  }
}
