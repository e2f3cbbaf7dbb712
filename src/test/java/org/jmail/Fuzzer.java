package org.jmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Feeds a parser with mutated examples: `-Djmail.fuzz.seconds` long (half a second unless told),
/// from `-Djmail.fuzz.seed` on. A parser is total: for any octets it gives a value or its own
/// exception, in time and memory bounded by their number. It knows nothing of the code that it
/// runs; `make fuzz` does (docs/adr/0023).
public final class Fuzzer {

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Random random;
  private final long seed = Long.getLong("jmail.fuzz.seed", System.nanoTime());
  private final Duration time =
      Duration.ofMillis(
          (long) (1000 * Double.parseDouble(System.getProperty("jmail.fuzz.seconds", "0.5"))));

  /// A fuzzer with a seed that a failure prints.
  public Fuzzer() {
    random = new Random(seed);
  }

  /// What is fuzzed: returns, unless something is wrong.
  public interface Parser {
    void parse(byte[] octets) throws Exception;
  }

  /// Runs until the time is over.
  ///
  /// @return how many inputs there were
  public long run(List<byte[]> examples, Parser parser) {
    long end = System.nanoTime() + time.toNanos();
    long inputs = 0;
    while (System.nanoTime() < end || inputs < 200) {
      byte[] octets = mutated(examples.get(random.nextInt(examples.size())), examples);
      long start = System.nanoTime();
      try {
        parser.parse(octets);
      } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(shown(octets), e);
      }
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new AssertionError("longer than " + LONGEST + ": " + shown(octets));
      }
      inputs++;
    }
    return inputs;
  }

  private byte[] mutated(byte[] example, List<byte[]> examples) {
    byte[] octets = example.clone();
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      int at = octets.length == 0 ? 0 : random.nextInt(octets.length);
      octets =
          switch (random.nextInt(7)) {
            case 0 -> cut(octets, at, at + 1 + random.nextInt(8));
            case 1 -> Arrays.copyOf(octets, at);
            case 2 -> insert(octets, at, octets, at, at + random.nextInt(40));
            case 3 -> {
              byte[] other = examples.get(random.nextInt(examples.size()));
              int from = other.length == 0 ? 0 : random.nextInt(other.length);
              yield insert(octets, at, other, from, from + random.nextInt(40));
            }
            case 4 -> {
              byte[] few = new byte[1 + random.nextInt(4)];
              random.nextBytes(few);
              yield insert(octets, at, few, 0, few.length);
            }
            default -> {
              if (octets.length > 0) {
                octets[at] =
                    (byte)
                        (random.nextBoolean()
                            ? random.nextInt(256)
                            : octets[at] ^ 1 << random.nextInt(8));
              }
              yield octets;
            }
          };
    }
    return octets;
  }

  private static byte[] cut(byte[] octets, int from, int to) {
    return insert(
        Arrays.copyOf(octets, from), from, octets, Math.min(to, octets.length), octets.length);
  }

  private static byte[] insert(byte[] octets, int at, byte[] other, int from, int to) {
    int length = Math.min(to, other.length) - from;
    byte[] all = new byte[octets.length + Math.max(length, 0)];
    System.arraycopy(octets, 0, all, 0, at);
    if (length > 0) {
      System.arraycopy(other, from, all, at, length);
    }
    System.arraycopy(octets, at, all, all.length - (octets.length - at), octets.length - at);
    return all;
  }

  private String shown(byte[] octets) {
    return "seed "
        + seed
        + ": \""
        + new String(octets, ISO_8859_1)
        + "\" = "
        + HexFormat.of().formatHex(octets);
  }
}
