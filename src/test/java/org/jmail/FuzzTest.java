package org.jmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The parsers of strangers' octets. Each class `…Fuzz` states what holds for any input; `make
/// fuzz` looks for inputs for which it does not (docs/fuzzing.md). Here every input that was kept
/// is tried again, and mutations of them for a moment.
@Tag("fuzz")
final class FuzzTest {

  private static final Path BASE = Path.of(System.getProperty("jmail.basedir", "."));
  private static final Path SOURCES = BASE.resolve("src/test/java");
  private static final Path KEPT = BASE.resolve("src/test/resources/fuzz");

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The classes by their simple names.
  private static Map<String, Fuzzer.Parser> targets() throws ReflectiveOperationException {
    Map<String, Fuzzer.Parser> targets = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      files = all.filter(file -> file.toString().endsWith("Fuzz.java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Path file : files) {
      String name = SOURCES.relativize(file).toString().replaceFirst("\\.java$", "");
      Class<?> type = Class.forName(name.replace('/', '.'), false, FuzzTest.class.getClassLoader());
      MethodHandle target =
          MethodHandles.publicLookup()
              .findStatic(
                  type, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
      targets.put(
          type.getSimpleName(),
          octets -> {
            try {
              target.invoke(octets);
            } catch (Exception | Error e) {
              throw e;
            } catch (Throwable e) {
              throw new IllegalStateException(e);
            }
          });
    }
    return targets;
  }

  private static List<byte[]> kept(String name) throws IOException {
    List<byte[]> kept = new ArrayList<>();
    for (Path file : list(KEPT.resolve(name))) {
      kept.add(Files.readAllBytes(file));
    }
    return kept;
  }

  @Test
  void everyFuzzerKeepsItsInputsAndNoneIsWithout() throws ReflectiveOperationException {
    Set<String> folders = new TreeSet<>();
    list(KEPT).stream().filter(Files::isDirectory).forEach(f -> folders.add(name(f)));
    assertEquals(targets().keySet(), folders);
    for (String folder : folders) {
      assertTrue(!list(KEPT.resolve(folder)).isEmpty(), folder);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @TestFactory
  Stream<DynamicTest> everyKeptInputIsBorne() throws ReflectiveOperationException {
    return targets().entrySet().stream()
        .map(target -> dynamicTest(target.getKey(), () -> all(target.getKey(), target.getValue())));
  }

  private static void all(String name, Fuzzer.Parser parser) throws IOException {
    for (Path file : list(KEPT.resolve(name))) {
      byte[] octets = Files.readAllBytes(file);
      try {
        parser.parse(octets);
      } catch (Exception | AssertionError | StackOverflowError e) {
        throw new AssertionError(name(file) + " = " + HexFormat.of().formatHex(octets), e);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> mutationsOfThemAreBorne() throws ReflectiveOperationException {
    return targets().entrySet().stream()
        .map(target ->
            dynamicTest(
                target.getKey(), () -> new Fuzzer().run(kept(target.getKey()), target.getValue())));
  }
}
