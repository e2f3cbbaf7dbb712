package org.jmail.base.spool;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// The name of a queued message: a serial number that never repeats in one queue, made from the
/// time, and written in one of the two forms that Postfix's log tools know (mail_queue.h): short,
/// ten or so upper-case hexadecimal digits of which the quickly changing ones come first, or long
/// (enable_long_queue_ids), seconds and microseconds in base 52, a `z`, and a number in base 51.
///
/// @param serial counts from 2026 in steps of 256 microseconds; a busy queue runs ahead of the
///   clock
/// @param longForm which form [#toString] writes; part of the identity, so that an id stays as it
///   was logged when the parameter changes
public record QueueId(long serial, boolean longForm) implements Comparable<QueueId> {

  private static final long EPOCH_MICROS = 1_767_225_600_000_000L;
  private static final long TICK_MICROS = 256;
  private static final int LOW_BITS = 20;
  private static final long LOW_MASK = (1L << LOW_BITS) - 1;
  private static final int LONG_TIME_LENGTH = 10;
  private static final int MAX_LENGTH = 255;

  /// Digits and consonants: no word can appear by chance.
  private static final String SAFE = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";

  public QueueId {
    if (serial < 0 || serial > Long.MAX_VALUE >> 11) {
      throw new IllegalArgumentException("queue id out of range: " + serial);
    }
  }

  /// The id after `last` in a queue whose clock shows `now`.
  public static QueueId next(long last, Instant now, boolean longForm) {
    long micros = Math.multiplyExact(now.getEpochSecond(), 1_000_000L) + now.getNano() / 1_000;
    return new QueueId(Math.max(last + 1, (micros - EPOCH_MICROS) / TICK_MICROS), longForm);
  }

  /// A number that sorts as ids are made, for use as a key.
  public long key() {
    return serial << 1 | (longForm ? 1 : 0);
  }

  /// The id with this [#key].
  public static QueueId ofKey(long key) {
    return new QueueId(key >>> 1, (key & 1) != 0);
  }

  /// About when it was made; a busy queue runs ahead of the clock.
  public Instant time() {
    return Instant.EPOCH.plus(EPOCH_MICROS + serial * TICK_MICROS, ChronoUnit.MICROS);
  }

  /// Whether a text is fit to be a queue id at all (mail_queue_id_ok): letters, digits, underscore.
  public static boolean wellFormed(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    return text.chars().allMatch(QueueId::letterDigitOrUnderscore);
  }

  private static boolean letterDigitOrUnderscore(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  }

  /// Reads either form; empty when no queue of ours can hold a message of this name.
  public static Optional<QueueId> parse(String text) {
    if (!wellFormed(text) || text.length() > 40) {
      return Optional.empty();
    }
    Optional<QueueId> id =
        text.lastIndexOf('z') >= LONG_TIME_LENGTH ? parseLong(text) : parseShort(text);
    return id.filter(found -> found.toString().equals(text));
  }

  private static Optional<QueueId> parseShort(String text) {
    if (text.length() < 6 || text.length() > 15) {
      return Optional.empty();
    }
    try {
      long low = Long.parseLong(text, 0, 5, 16);
      long high = Long.parseLong(text, 5, text.length(), 16);
      return inRange(high << LOW_BITS | low, false);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<QueueId> parseLong(String text) {
    int z = text.lastIndexOf('z');
    long seconds = decode(text.substring(0, z - 4), 52);
    long micros = decode(text.substring(z - 4, z), 52);
    if (seconds < 0 || micros < 0 || seconds > 1L << 40) {
      return Optional.empty();
    }
    return inRange((seconds * 1_000_000 + micros - EPOCH_MICROS) / TICK_MICROS, true);
  }

  private static Optional<QueueId> inRange(long serial, boolean longForm) {
    return serial < 0 || serial > Long.MAX_VALUE >> 11
        ? Optional.empty()
        : Optional.of(new QueueId(serial, longForm));
  }

  private static long decode(String digits, int base) {
    long value = 0;
    for (int i = 0; i < digits.length() && value < 1L << 50; i++) {
      int digit = SAFE.indexOf(digits.charAt(i));
      if (digit < 0 || digit >= base) {
        return -1;
      }
      value = value * base + digit;
    }
    return value;
  }

  private static String encode(long value, int base, int width) {
    StringBuilder out = new StringBuilder();
    for (long rest = value; rest > 0; rest /= base) {
      out.append(SAFE.charAt((int) (rest % base)));
    }
    while (out.length() < width) {
      out.append('0');
    }
    return out.reverse().toString();
  }

  private static String hex(long value, int width) {
    String digits = Long.toHexString(value).toUpperCase(Locale.ROOT);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  @Override
  public int compareTo(QueueId other) {
    return Long.compare(key(), other.key());
  }

  /// As it is logged and listed.
  @Override
  public String toString() {
    if (!longForm) {
      return hex(serial & LOW_MASK, 5) + hex(serial >>> LOW_BITS, 1);
    }
    long micros = EPOCH_MICROS + serial * TICK_MICROS;
    return encode(micros / 1_000_000, 52, 6)
        + encode(micros % 1_000_000, 52, 4)
        + 'z'
        + encode(serial & LOW_MASK, 51, 1);
  }
}
