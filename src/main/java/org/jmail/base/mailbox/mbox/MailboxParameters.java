package org.jmail.base.mailbox.mbox;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// The parameters of mailbox locks.
public final class MailboxParameters implements ParameterSet {

  public static final Parameter<Set<LockMethod>> MAILBOX_DELIVERY_LOCK =
      new Parameter<>(
          "mailbox_delivery_lock",
          "fcntl, dotlock",
          "How a mailbox is locked before mail is appended: one or more of fcntl, flock and"
              + " dotlock. Programs that read mail must use one of the same.",
          MailboxParameters::methods);

  public static final Parameter<Long> DELIVER_LOCK_ATTEMPTS =
      Parameter.number(
          "deliver_lock_attempts",
          "20",
          1,
          0,
          "How often taking a mailbox lock is tried before the message is deferred.");

  public static final Parameter<Duration> DELIVER_LOCK_DELAY =
      Parameter.time(
          "deliver_lock_delay",
          "1s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "The time between two attempts to take a mailbox lock.");

  public static final Parameter<Duration> STALE_LOCK_TIME =
      Parameter.time(
          "stale_lock_time",
          "500s",
          Duration.ofSeconds(1),
          Duration.ZERO,
          "A lock file older than this was left by a program that died; it is removed.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        MAILBOX_DELIVERY_LOCK, DELIVER_LOCK_ATTEMPTS, DELIVER_LOCK_DELAY, STALE_LOCK_TIME);
  }

  /// The policy that main.cf asks for.
  public static LockPolicy policy(Config config) throws BadValueException {
    return policy(config, config.get(MAILBOX_DELIVERY_LOCK));
  }

  /// The same with other methods.
  public static LockPolicy policy(Config config, Set<LockMethod> methods) throws BadValueException {
    return new LockPolicy(
        methods,
        Math.toIntExact(Math.min(config.get(DELIVER_LOCK_ATTEMPTS), Integer.MAX_VALUE)),
        config.get(DELIVER_LOCK_DELAY),
        config.get(STALE_LOCK_TIME));
  }

  /// Locking methods by name.
  public static Set<LockMethod> methods(String text) throws BadValueException {
    Set<LockMethod> methods = EnumSet.noneOf(LockMethod.class);
    for (String word : Parameter.list("", "", "").parser().parse(text)) {
      methods.add(
          switch (word.toLowerCase(Locale.ROOT)) {
            case "fcntl" -> LockMethod.FCNTL;
            case "flock" -> LockMethod.FLOCK;
            case "dotlock" -> LockMethod.DOTLOCK;
            default ->
                throw new BadValueException(
                    "unknown locking method \"" + word + "\" (specify fcntl, flock or dotlock)");
          });
    }
    if (methods.isEmpty()) {
      throw new BadValueException("no locking method (specify fcntl, flock or dotlock)");
    }
    return Set.copyOf(methods);
  }
}
